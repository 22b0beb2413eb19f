/**
 * Working hours that a process says it leaves to what happens around it: taking the dossier in before its first step, and
 * giving the result back after its last. They count towards the limit of the law as its steps do.
 */
export function outsideHours(xml: string): number {
  const stated = (name: string) =>
    Number(new RegExp(`\\s(?:[\\w-]+:)?${name}="([\\d.]{1,10})"`).exec(xml)?.[1] ?? 0) || 0
  return stated('receptionHours') + stated('returnHours')
}
