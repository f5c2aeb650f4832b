// An app that registers nothing.
