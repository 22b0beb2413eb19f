import { calendar } from './calendar.en.ts'
import { catalogue } from './catalogue.en.ts'
import { documents } from './documents.en.ts'
import { feedback } from './feedback.en.ts'
import { forms } from './forms.en.ts'
import { identity } from './identity.en.ts'
import { indicators } from './indicators.en.ts'
import { notifications } from './notifications.en.ts'
import { processes } from './processes.en.ts'
import { web } from './web.en.ts'

/** All English sentences by area, in step with `vi.ts`. */
export const en = { calendar, catalogue, documents, feedback, forms, identity, indicators, notifications, processes, web } as const
