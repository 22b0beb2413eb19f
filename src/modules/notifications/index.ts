export { type Adapter, adaptersOf, Rejected } from './adapters.ts'
export { notificationRoutes } from './api.ts'
export { plainLetters, smsLimit } from './compose.ts'
export type { Message, MessageChannel, MessageKind, Outgoing } from './message.ts'
export {
  addressesOf,
  markNoticesRead,
  type NewNotice,
  type Notice,
  type NoticeKind,
  noticesOf,
  stateAddress,
  tellOfficers,
  unreadNotices,
} from './notice.ts'
export {
  type Attempt,
  attemptsOf,
  markRead,
  messagesAbout,
  messagesOf,
  outbox,
  unreadCount,
} from './notification-store.ts'
export {
  type NotificationNames,
  type NotificationsParts,
  notificationsConsumer,
} from './notifications-consumer.ts'
export { type Reminder, remindPerson } from './person-reminder.ts'
export { remind, remindCrontab } from './remind.ts'
export { notificationTasks, type SendParts, sendMessage } from './send-message.ts'
