import { useEffect } from 'react'
import { useRevalidator } from 'react-router'

const watchMs = 2000

/** While something runs, the page asks how far it is; without script, loading it again does. */
export function useWatch(running: boolean): void {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => void revalidate(), watchMs)
    return () => clearInterval(timer)
  }, [running, revalidate])
}
