import { aTraveller, type Setting, type Traveller } from './traveller.ts'

/** Officers of the best-staffed ward of the demonstration, and two of another commune. */
export const staff = {
  reception: 'officer-hoa-sen-reception-1',
  otherReception: 'officer-hoa-sen-reception-2',
  oneStopHead: 'officer-hoa-sen-one-stop-head-1',
  specialist: 'officer-hoa-sen-civil-status-1',
  colleague: 'officer-hoa-sen-civil-status-2',
  head: 'officer-hoa-sen-justice-head-1',
  leader: 'officer-hoa-sen-leader-1',
  otherLeader: 'officer-hoa-sen-leader-2',
  clerk: 'officer-hoa-sen-clerk-1',
  elsewhere: 'officer-ben-go-justice-head-1',
  elsewhereLeader: 'officer-ben-go-leader-1',
} as const

export interface Office {
  /** The officer at a desk of their own, signed in the first time they are needed. */
  at(who: keyof typeof staff): Promise<Traveller>
  complaints(): string[]
}

export function anOffice(setting: Setting): Office {
  const desks = new Map<string, Promise<Traveller>>()
  const seated: Traveller[] = []
  const seat = async (who: keyof typeof staff) => {
    const officer = await aTraveller(setting, { width: 1280 })
    seated.push(officer)
    await officer.signInAs(staff[who])
    return officer
  }
  return {
    at: (who) => {
      const desk = desks.get(who) ?? seat(who)
      desks.set(who, desk)
      return desk
    },
    complaints: () => seated.flatMap((each) => each.complaints()),
  }
}
