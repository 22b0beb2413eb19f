import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { acceptedFiles } from '../ui/fields'
import { useT } from '../ui/shell'
import { sendResumable } from '../ui/tus'

interface Line {
  /** Which choice it was, of all since the page was opened. */
  no: number
  name: string
  text: string
  fileId?: string
  percent?: number
  wrong?: boolean
}

/**
 * The file control of one paper at the counter. With script files go up at once, with numbers, and what becomes of
 * them is said; the form then only names them. Without it the form carries the files.
 */
export function PaperUpload({ id, component }: { id: string; component: string }) {
  const t = useT()
  const [lines, setLines] = useState<Line[]>([])
  const busy = useRef(Promise.resolve())
  const change = (at: number, line: Partial<Line>) =>
    setLines((all) => all.map((each, i) => (i === at ? { ...each, ...line } : each)))

  async function take(input: HTMLInputElement) {
    const files = [...(input.files ?? [])]
    for (const file of files) {
      let at = -1
      setLines((all) => {
        at = all.length
        return [...all, { no: all.length, name: file.name, text: '', percent: 0 }]
      })
      await new Promise((drawn) => setTimeout(drawn))
      const sent = await sendResumable({
        file,
        onProgress: (bytes) => {
          const percent = Math.floor((100 * bytes) / file.size)
          change(at, { percent, text: `${percent}%` })
        },
        onLost: () => change(at, { text: t('web.form.lost') }),
      })
      // Resumable uploads do not pass here: the control keeps its files and the form carries them.
      if (sent === 'plain') return setLines((all) => all.slice(0, at))
      if ('fileId' in sent) {
        // Drawn before the control is emptied: a press in between would send neither the file nor its name.
        flushSync(() => change(at, { fileId: sent.fileId, text: '', percent: undefined }))
        void follow(sent.fileId, (text) => change(at, { text }))
      } else change(at, { text: sent.refused || file.name, wrong: true, percent: undefined })
    }
    input.value = ''
  }

  return (
    <>
      <input
        type="file"
        id={id}
        name={`paper:${component}`}
        multiple
        accept={acceptedFiles}
        onChange={({ currentTarget }) => {
          busy.current = busy.current.then(() => take(currentTarget))
        }}
      />
      {lines.map(({ no, name, text, fileId, percent, wrong }) => (
        <p key={no} className={wrong ? 'field-error' : 'small'} role="status">
          {fileId && <input type="hidden" name={`_sent:paper:${component}`} value={fileId} />}
          {fileId ? <a href={`/tep/${fileId}?xem=1`}>{name}</a> : !wrong && name} {text}
          {percent !== undefined && <progress max={100} value={percent} aria-label={name} />}
        </p>
      ))}
    </>
  )
}

/** Says what becomes of a file until that is settled. */
async function follow(fileId: string, say: (text: string) => void): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const address = `/tep/${fileId}/trang-thai?lang=${document.documentElement.lang}`
    const answer = await fetch(address).catch(() => undefined)
    if (answer?.ok) {
      const { text, waiting } = await answer.json()
      say(`· ${text}`)
      if (!waiting) return
    }
    await new Promise((after) => setTimeout(after, tries < 10 ? 1000 : 5000))
  }
}
