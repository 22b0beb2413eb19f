import { calendar } from './calendar.vi.ts'
import { catalogue } from './catalogue.vi.ts'
import { documents } from './documents.vi.ts'
import { feedback } from './feedback.vi.ts'
import { forms } from './forms.vi.ts'
import { identity } from './identity.vi.ts'
import { indicators } from './indicators.vi.ts'
import { notifications } from './notifications.vi.ts'
import { processes } from './processes.vi.ts'
import { web } from './web.vi.ts'

/** All Vietnamese sentences by area. An area is one file here and its twin in `en.ts`. */
export const vi = { calendar, catalogue, documents, feedback, forms, identity, indicators, notifications, processes, web } as const
