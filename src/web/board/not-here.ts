import { data } from 'react-router'

/** What is said in place of a page of figures that is not there, and where to go instead. */
export interface NotHere {
  title: string
  text: string
  link: { href: string; text: string }
}

/** An answer 404 with words; thrown by a loader and shown by `NotHereBoundary`. */
export const notHere = (words: NotHere) => data(words, { status: 404 })
