export { type Adapter, adaptersOf, Rejected } from './adapters.ts'
export { notificationRoutes } from './api.ts'
export type { Message, MessageChannel, MessageKind } from './message.ts'
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
export { remind, remindCrontab } from './remind.ts'
export { notificationTasks, type SendParts, sendMessage } from './send-message.ts'
