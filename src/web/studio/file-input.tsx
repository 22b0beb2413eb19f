import { useEffect, useState } from 'react'
import { useT } from '../ui/shell'

/**
 * A file to choose, in the words of the page: a browser says its own in its own language. Before the script runs the
 * control of the browser stands there, so that a file can be chosen without it.
 */
export function FileInput({ id, name, accept }: { id: string; name: string; accept: string }) {
  const t = useT()
  const [live, setLive] = useState(false)
  const [chosen, setChosen] = useState('')
  useEffect(() => setLive(true), [])
  return (
    <span className="pick">
      <input
        className={live ? 'vh' : undefined}
        onChange={(event) => setChosen(event.currentTarget.files?.[0]?.name ?? '')}
        {...{ id, name, accept, type: 'file' }}
      />
      {live && (
        <>
          <label className="btn btn--second btn--small" htmlFor={id}>
            {t('studio.file.choose')}
          </label>
          <span className="small soft" role="status">
            {chosen || t('studio.file.none')}
          </span>
        </>
      )}
    </span>
  )
}
