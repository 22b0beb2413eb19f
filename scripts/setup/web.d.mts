export function ensureWebBuilt(out?: NodeJS.WritableStream): Promise<void>
