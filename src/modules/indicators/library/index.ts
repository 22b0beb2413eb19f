export { libraryRoutes } from './api.ts'
export { Definition, formulaOf, units as figureUnits } from './definition.ts'
export { findDefinition, library } from './library.ts'
