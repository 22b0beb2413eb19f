import ElementFactory from 'bpmn-js/lib/features/modeling/ElementFactory'
import { words } from './words'

/*
 * What we change in the modeller: a new task is a task of a person, because only those run here, and its menus speak
 * the language of the page.
 */

type Create = (kind: string, attributes?: { type?: string }) => unknown
// Its types know every kind of element; we only look at one name.
const Elements = ElementFactory as unknown as new (...services: unknown[]) => { create: Create }

class OurElements extends Elements {
  override create: Create = (kind, attributes) => {
    const ours = attributes?.type === 'bpmn:Task' ? { ...attributes, type: 'bpmn:UserTask' } : attributes
    return Elements.prototype.create.call(this, kind, ours)
  }
}

/** Our part of the modeller as a module of it. */
export const ours = (locale: 'vi' | 'en') => ({
  elementFactory: ['type', OurElements],
  translate: [
    'value',
    (text: string, params: Record<string, string> = {}) => filled(said(text, locale), params),
  ],
})

const said = (text: string, locale: 'vi' | 'en') => (locale === 'vi' ? (words[text] ?? text) : text)

const filled = (text: string, params: Record<string, string>) =>
  text.replace(/\{([^}]+)\}/g, (all, name) => params[name] ?? all)
