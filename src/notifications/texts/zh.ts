import type { Texts } from './texts.ts';

/** Simplified Chinese texts. */
export const zh: Texts = {
  unknownCaller: '未知来电者',
  incomingCall: '来电',
  missedCall: '未接来电',
  newMessage: '新消息',
  editedMessage: '消息已编辑',
  openApp: '打开应用查看。',
  chat: '聊天',
  youWereAdded: '你已被添加到聊天。',
  someoneAddedYou: '{name} 将你添加到聊天。',
  someoneJoined: '有人加入了聊天。',
  personJoined: '{name} 加入了聊天。',
};
