import { isRefusal, type Outcome } from 'motcua/kernel/errors'
import { findMessage, type Locale, type Translate } from 'motcua/kernel/i18n'
import type { FormDraft, Place } from 'motcua/modules/forms/editing'
import { createContext, use } from 'react'
import type { BuilderProblem, Selected } from './form-builder.view'

/** What every part of the builder reads and does. */
export interface Builder {
  draft: FormDraft
  selected: Selected
  editable: boolean
  problems: readonly BuilderProblem[]
  t: Translate
  locale: Locale
  /** Changes with every undo: editors that remember what was typed begin anew. */
  epoch: number
  /** Parts outside of the form that mention a key, in words. */
  elsewhere: Readonly<Record<string, readonly string[]>>
  /** Takes over an edit, or tells why not; `tag` joins the letters typed into one text. */
  edit(next: Outcome<FormDraft>, more?: { selected?: Selected; said?: string; tag?: string }): boolean
  select(id: Selected): void
  /** Moves a thing up or down by one, and says where it is. */
  shift(id: Selected, by: -1 | 1): void
  copy(id: Selected): void
  /** Removes, after asking when something still reads it. */
  remove(id: Selected): void
  startAdding(at: Place): void
  say(text: string): void
}

const Context = createContext<Builder | null>(null)
export const BuilderProvider = Context.Provider

export function useBuilder(): Builder {
  const builder = use(Context)
  if (!builder) throw new Error('outside of the form builder')
  return builder
}

/** Why an edit was not taken over, in words. */
export function refusedText(refused: Outcome<unknown>, locale: Locale): string {
  if (!isRefusal(refused)) return ''
  const details = refused.details as Record<string, string>
  return findMessage(locale, refused.code, details) ?? refused.code
}
