import { useState } from 'react'
import { useT } from '../../ui/shell'
import { useFocus } from './state'
import { afterAct, type BlockAct, type EditorBlock } from './template-editor.view'

/** The blocks of a template while they are edited: each act is said aloud, moves the focus, and a removal can be undone. */
export function useBlocks(given: EditorBlock[]) {
  const t = useT()
  const [blocks, setBlocks] = useState(given)
  const [said, setSaid] = useState('')
  const [undone, setUndone] = useState<{ block: EditorBlock; at: number } | null>(null)
  const focus = useFocus()
  const kindOf = (at: number) => t(`templateEditor.kind.${blocks[at]?.kind ?? 'paragraph'}`)
  const act = (done: BlockAct) => {
    setBlocks((now) => afterAct(now, done))
    setUndone(done.do === 'remove' && blocks[done.at] ? { block: blocks[done.at]!, at: done.at } : null)
    if (done.do === 'add') {
      setSaid(t('templateEditor.block.added', { number: done.at + 1 }))
      focus(`khoi-${done.at}`)
    } else if (done.do === 'remove') {
      setSaid(t('templateEditor.block.gone', { kind: kindOf(done.at) }))
      focus('lay-lai')
    } else {
      const to = Math.min(blocks.length - 1, Math.max(0, done.do === 'up' ? done.at - 1 : done.at + 1))
      setSaid(t('templateEditor.block.moved', { kind: kindOf(done.at), number: to + 1 }))
      focus(`khoi-${to}`)
    }
  }
  const undo = undone
    ? () => {
        setBlocks((now) => now.toSpliced(undone.at, 0, undone.block))
        setUndone(null)
        setSaid(t('templateEditor.block.undone'))
        focus(`khoi-${undone.at}`)
      }
    : null
  const change = (at: number, block: EditorBlock) => setBlocks((now) => now.with(at, block))
  return { blocks, change, act, said, undo }
}

/** Blocks as they are edited. */
export type EditedBlocks = ReturnType<typeof useBlocks>
