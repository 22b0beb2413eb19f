import { type Command, UsageError } from './command.ts'
import { withApp } from './with-app.ts'

export default {
  summary: 'bring all files at rest under the first key of MOTCUA_FILE_KEYS',
  help: `  rotate   after a new first key was stated: keys of files are wrapped anew, files that lie open are sealed

What no stated key opens is left as it is and named. Exit code 0 when everything is under the first key, 1 when not.`,
  async run(args) {
    if (args.length !== 1 || args[0] !== 'rotate') throw new UsageError('files rotate')
    return withApp(async ({ config, files }) => {
      if (!config.fileKeys) throw new UsageError('MOTCUA_FILE_KEYS states no key')
      const { rewrapped, sealed, already, unopened } = await files.rotate()
      const lines = [
        `${rewrapped} tệp được bọc lại bằng khóa “${config.fileKeys.current}” · files whose key was wrapped anew`,
        `${sealed} tệp để ngỏ nay được niêm phong · files that lay open and are sealed now`,
        `${already} tệp đã đúng khóa · files that were under this key already`,
        ...unopened.map((sha256) => `  ${sha256}: không khóa nào mở được · no stated key opens it`),
      ]
      process.stdout.write(`${lines.join('\n')}\n`)
      return unopened.length === 0 ? 0 : 1
    })
  },
} satisfies Command
