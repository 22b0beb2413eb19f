import type { Case, Component, Limit, ProcedureVersion } from '../procedure-version.ts'

/*
 * An edition in the words of the Core Public Service Vocabulary Application Profile, version 3.2 (SEMIC), as JSON-LD:
 * what other catalogues of public services read. Papers are evidence types of requirements (CCCEV).
 */

const context = {
  adms: 'http://www.w3.org/ns/adms#',
  cpsv: 'http://purl.org/vocab/cpsv#',
  cv: 'http://data.europa.eu/m8g/',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  eli: 'http://data.europa.eu/eli/ontology#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

const vietnamese = { '@id': 'http://publications.europa.eu/resource/authority/language/VIE' }
const dong = { '@id': 'http://publications.europa.eu/resource/authority/currency/VND' }

type Node = Record<string, unknown>

/** The edition as a document of JSON-LD; `base` is the address of the installation, without a slash at its end. */
export function jsonLdOf(version: ProcedureVersion, base: string): Node {
  const at = `${base}/thu-tuc/${version.procedureCode}`
  const node = (name: string) => ({ '@id': `${at}#${name}` })
  const cases = version.cases.flatMap((each, i) => caseNodes(each, i, at))
  const papers = version.components.filter(({ mode }) => mode !== 'note')
  const channels = [...new Set(version.cases.flatMap((each) => each.channels))]
  const service: Node = {
    '@id': at,
    '@type': 'cpsv:PublicService',
    'dct:identifier': version.procedureCode,
    'dct:title': [vi(version.name), vi(version.plainName), en(version.plainNameEn)],
    'dct:description': [vi(version.summary.vi), en(version.summary.en)],
    'dct:language': vietnamese,
    'dcat:keyword': version.synonyms.map(vi),
    'cv:thematicArea': {
      '@type': 'skos:Concept',
      'skos:prefLabel': vi(version.field.name),
      ...notation(version.field.code),
    },
    'cv:hasCompetentAuthority': node('authority'),
    'cv:processingTime': version.cases.map(({ limit }) => duration(limit)),
    'cv:hasChannel': channels.map((channel) => node(`channel-${channel}`)),
    'cv:hasCost': version.cases.flatMap(({ fees }, i) => fees.map((fee) => node(`cost-${i + 1}-${fee.key}`))),
    'cv:holdsRequirement': [
      ...papers.map(({ key }) => node(`requirement-${key}`)),
      ...conditionRef(version, node),
    ],
    'cv:hasLegalResource': version.legalBases.map((_, i) => node(`basis-${i + 1}`)),
    'cpsv:produces': version.results.map((_, i) => node(`result-${i + 1}`)),
    'cpsv:follows': node('steps'),
    'eli:first_date_entry_in_force': { '@value': version.validFrom, '@type': 'xsd:date' },
  }
  const graph = [
    service,
    { ...node('authority'), '@type': 'cv:PublicOrganisation', 'skos:prefLabel': vi(version.executing.text) },
    ...channels.map((channel) => ({
      ...node(`channel-${channel}`),
      '@type': 'cv:Channel',
      'dct:identifier': channel,
    })),
    ...cases,
    ...papers.flatMap((paper) => paperNodes(paper, at)),
    ...conditionNode(version, node),
    ...version.legalBases.map(({ number, title }, i) => ({
      ...node(`basis-${i + 1}`),
      ...{ '@type': 'eli:LegalResource', 'dct:identifier': number, 'dct:title': vi(title) },
    })),
    ...version.results.map(({ code, name }, i) => ({
      ...node(`result-${i + 1}`),
      ...{
        '@type': 'cpsv:Output',
        'dct:title': vi(name),
        'dct:identifier': code ?? `${version.procedureCode}-${i + 1}`,
      },
    })),
    {
      ...node('steps'),
      '@type': 'cpsv:Rule',
      'dct:title': vi('Trình tự thực hiện'),
      'dct:description': vi(version.steps.map(({ name, text }) => `${name}: ${text}`).join('\n')),
    },
  ]
  return { '@context': context, '@graph': graph }
}

const vi = (text: string) => ({ '@value': text, '@language': 'vi' })
const en = (text: string) => ({ '@value': text, '@language': 'en' })
const notation = (code: string | null) => (code === null ? {} : { 'skos:notation': code })

/** ISO 8601 has no working days: they are days here. */
function duration({ amount, unit }: Limit): Node {
  const text = unit === 'working-hour' ? `PT${amount}H` : unit === 'same-day' ? 'P1D' : `P${amount}D`
  return { '@value': text, '@type': 'xsd:duration' }
}

function caseNodes({ fees }: Case, index: number, at: string): Node[] {
  return fees.map((fee) => ({
    '@id': `${at}#cost-${index + 1}-${fee.key}`,
    '@type': 'cv:Cost',
    'dct:identifier': `${index + 1}-${fee.key}`,
    ...(fee.amountVnd !== null && !fee.amountRule && { 'cv:value': fee.amountVnd, 'cv:currency': dong }),
    'dct:description': [vi(fee.name.vi), en(fee.name.en), vi(fee.basis)],
    ...(fee.channel && { 'cv:ifAccessedThrough': { '@id': `${at}#channel-${fee.channel}` } }),
  }))
}

/** A paper: the requirement that it proves, and the type of evidence that is accepted for it. */
function paperNodes({ key, name, nameEn, code }: Component, at: string): Node[] {
  const evidence = { '@id': `${at}#paper-${key}` }
  return [
    {
      '@id': `${at}#requirement-${key}`,
      ...{ '@type': 'cv:Requirement', 'dct:title': [vi(name), en(nameEn)], 'dct:identifier': key },
      'cv:hasEvidenceTypeList': { '@type': 'cv:EvidenceTypeList', 'cv:specifiesEvidenceType': evidence },
    },
    {
      ...evidence,
      '@type': 'cv:EvidenceType',
      'dct:title': [vi(name), en(nameEn)],
      'dct:identifier': code ?? key,
    },
  ]
}

type Named = (name: string) => { '@id': string }

const conditionRef = ({ conditions }: ProcedureVersion, node: Named) =>
  conditions === null ? [] : [node('conditions')]

const conditionNode = ({ conditions }: ProcedureVersion, node: Named): Node[] =>
  conditions === null
    ? []
    : [
        {
          ...node('conditions'),
          '@type': 'cv:Requirement',
          'dct:description': vi(conditions),
          'dct:identifier': 'conditions',
        },
      ]
