import { type ReactNode, useEffect } from 'react'
import { useRouteLoaderData } from 'react-router'
import type { StandsIn } from './officer'
import { StandInBanner } from './powers-banner'
import { type DeskSection, DeskShell, type KeyHelp } from './shell'
import { useHotkeys } from './use-hotkeys'

export interface DeskFrame {
  sections: DeskSection[]
  hoursLeft: string
  /** For whom the officer stands in today. */
  standsIn: StandsIn[]
}

/** A page of the desk in its frame; the keys on it work once the script has loaded. */
export function DeskPage(props: { keys?: readonly KeyHelp[]; status?: ReactNode; children: ReactNode }) {
  useHotkeys()
  // Effects run after those of everything on the page: from here on its keys and live parts answer.
  useEffect(() => {
    document.documentElement.dataset.ready = ''
  }, [])
  const frame = useRouteLoaderData('desk/layout') as DeskFrame | undefined
  return (
    <DeskShell
      sections={frame?.sections ?? []}
      hoursLeft={frame?.hoursLeft}
      banner={<StandInBanner standsIn={frame?.standsIn ?? []} />}
      {...props}
    />
  )
}
