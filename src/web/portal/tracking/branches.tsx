import { LinkAction, LinkButton } from '../../ui/button'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import type { BranchesView, BranchLine, Stage } from './branches.view'

/** The parts of a group, in the order in which they are done; those of one turn go on at the same time. */
export function Branches({ branches }: { branches: BranchesView }) {
  const t = useT()
  return (
    <section className="section" aria-labelledby="cac-viec">
      <h2 id="cac-viec">{t('branches.title')}</h2>
      <p className="soft mt-2">{t('branches.lead')}</p>
      <ol className="stages">
        {branches.stages.map((stage) => (
          <StagePart key={stage.key} stage={stage} />
        ))}
      </ol>
    </section>
  )
}

function StagePart({ stage: { title, branches } }: { stage: Stage }) {
  return (
    <li>
      <h3 className="stages__title">{title}</h3>
      <ul className="branches">
        {branches.map((branch) => (
          <Branch key={branch.key} branch={branch} />
        ))}
      </ul>
    </li>
  )
}

function Branch({ branch }: { branch: BranchLine }) {
  const t = useT()
  const { key, name, place, tag, lines, ask, papers, links } = branch
  return (
    <li id={`viec-${key}`} className={ask ? 'branch branch--asked' : 'branch'}>
      <div className="branch__head">
        <h4>{name}</h4>
        <StateTag state={tag.state}>{tag.text}</StateTag>
      </div>
      {place && <p className="small soft">{place}</p>}
      {lines.map((line) => (
        <p key={line} className="mt-2">
          {line}
        </p>
      ))}
      {ask && (
        <>
          {ask.items.length > 0 && (
            <>
              <p className="mt-2">
                <b>{t('branches.ask.supplement')}</b>
              </p>
              <ul className="list">
                {ask.items.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            </>
          )}
          <div className="btn-row mt-3">
            <LinkButton href={ask.link.href} kind="second">
              {ask.link.label}
            </LinkButton>
          </div>
        </>
      )}
      {papers.map(({ href, label }) => (
        <div className="btn-row mt-3" key={href}>
          <LinkButton href={href} icon="file-check" kind="second">
            {label}
            <span className="vh">: {name}</span>
          </LinkButton>
        </div>
      ))}
      {links.length > 0 && (
        <p className="branch__links">
          {links.map(({ href, label }) => (
            <LinkAction key={href} href={href}>
              {label}
              <span className="vh">: {name}</span>
            </LinkAction>
          ))}
        </p>
      )}
    </li>
  )
}
