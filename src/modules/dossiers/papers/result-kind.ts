/** The results of a procedure: the first paper is its `result`, what comes with it `result/2`, `result/3`… */
export type ResultKind = 'result' | `result/${number}`

export const isResult = (kind: string): kind is ResultKind => /^result(\/[2-9])?$/.test(kind)
