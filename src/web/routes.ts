import { index, layout, type RouteConfig, route } from '@react-router/dev/routes'

export default [
  layout('portal/layout.tsx', [index('portal/home.tsx'), route('*', 'portal/not-found.tsx')]),
] satisfies RouteConfig
