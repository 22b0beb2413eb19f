import type { DigitisingDoor } from 'motcua/modules/dossiers'
import type { PageContext } from 'motcua/web/context'

/** What digitising needs of the installation. */
export const digitisingDoor = ({ app }: Pick<PageContext, 'app'>): DigitisingDoor => ({
  ...app.papers,
  signatures: app.signatures,
  act: app.dossiers.act,
})
