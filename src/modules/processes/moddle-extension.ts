/** Our attributes on BPMN elements, described for bpmn-moddle so that reading and writing keep them. */
export const namespace = 'https://motcua.vn/schema/bpmn'

const attribute = (name: string, type = 'String') => ({ name, isAttr: true, type })

export const motcuaModdle = {
  name: 'Motcua',
  uri: namespace,
  prefix: 'motcua',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'Work',
      extends: ['bpmn:UserTask', 'bpmn:ReceiveTask', 'bpmn:IntermediateCatchEvent'],
      properties: [
        attribute('role'),
        attribute('hours'),
        attribute('kind'),
        attribute('unitKind'),
        attribute('authority'),
        attribute('outcomes'),
        attribute('signs'),
        // For people and for the step table: who in the words of the decision, and what the step gives.
        attribute('performer'),
        attribute('product'),
      ],
    },
    {
      name: 'Timing',
      extends: ['bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent', 'bpmn:TimerEventDefinition'],
      properties: [attribute('clock'), attribute('relativeTo')],
    },
    {
      name: 'Edition',
      extends: ['bpmn:Process'],
      properties: [
        attribute('version'),
        attribute('validFrom'),
        attribute('validTo'),
        // Working hours that the decision plans before acceptance and for returning the result: no steps here.
        attribute('receptionHours'),
        attribute('returnHours'),
      ],
    },
    { name: 'Ending', extends: ['bpmn:EndEvent'], properties: [attribute('result')] },
  ],
}
