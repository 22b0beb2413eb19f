import type { App } from './app.ts'
import type { AnyRoute } from './kernel/http.ts'
import { catalogueRoutes } from './modules/catalogue/index.ts'
import { changeRoutes } from './modules/changes/index.ts'
import { directoryRoutes } from './modules/directory/index.ts'
import { dossierRoutes } from './modules/dossiers/index.ts'
import { feedbackRoutes } from './modules/feedback/index.ts'
import { formRoutes } from './modules/forms/index.ts'
import { indicatorRoutes } from './modules/indicators/index.ts'
import { notificationRoutes } from './modules/notifications/index.ts'
import { processRoutes } from './modules/processes/index.ts'
import { reformRoutes } from './modules/reform/index.ts'
import { retentionRoutes } from './modules/retention/index.ts'
import { vaultRoutes } from './modules/vault/index.ts'

/** Every REST route of the installation, module by module. */
export const restRoutes: readonly AnyRoute<App>[] = [
  ...catalogueRoutes,
  ...directoryRoutes,
  ...vaultRoutes,
  ...dossierRoutes,
  ...retentionRoutes,
  ...indicatorRoutes,
  ...notificationRoutes,
  ...feedbackRoutes,
  ...processRoutes,
  ...formRoutes,
  ...changeRoutes,
  ...reformRoutes,
]
