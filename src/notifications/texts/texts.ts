/** Everything the relay itself says to a user, in one language. `{name}` stands for a person's name. */
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
