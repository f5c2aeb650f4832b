/** Every text of the relay's own that a user sees, in one language. `{name}` is the placeholder of a person's name. */
export interface Texts {
  readonly unknownCaller: string;
  readonly incomingCall: string;
  readonly missedCall: string;
  readonly newMessage: string;
  readonly editedMessage: string;
  readonly openApp: string;
  readonly chat: string;
  readonly youWereAdded: string;
  readonly someoneAddedYou: string;
  readonly someoneJoined: string;
  readonly personJoined: string;
}
