import { index, layout, type RouteConfig, route } from '@react-router/dev/routes'

export default [
  layout('portal/layout.tsx', [
    index('portal/home.tsx'),
    route('tim', 'portal/search-page.tsx'),
    route('thu-tuc/:code', 'portal/procedure-page.tsx'),
    route('thu-tuc/:code/nop', 'portal/filing/start-page.tsx'),
    route('nop/:draftId', 'portal/filing/draft-page.tsx'),
    route('nop/:draftId/gui-kem', 'portal/filing/papers-page.tsx'),
    route('nop/:draftId/kiem-tra', 'portal/filing/review-page.tsx'),
    route('nop/:draftId/xong', 'portal/filing/done-page.tsx'),
    route('nop/:draftId/:page', 'portal/filing/form-page.tsx'),
    route('viec-trong-doi/:event', 'portal/life-event.tsx'),
    route('trung-tam', 'portal/centres.tsx'),
    route('vao-vai', 'portal/roles.tsx'),
    route('vong-tham-quan', 'portal/tour.tsx'),
    route('khung-dien-thoai', 'portal/phone-frame.tsx'),
    route('co-chu-tuong-phan', 'portal/reading.tsx'),
    route('so-do-trang', 'portal/site-map-page.tsx'),
    route('gioi-thieu', 'portal/words.tsx', { id: 'about' }),
    route('tro-giup', 'portal/words.tsx', { id: 'help' }),
    route('quyen-rieng-tu', 'portal/words.tsx', { id: 'privacy' }),
    route('thanh-phan', 'components/page.tsx'),
    route('*', 'portal/not-found.tsx'),
  ]),
  route('nop/:draftId/:page/tu-luu', 'portal/filing/autosave-route.ts'),
  route('tim-noi', 'portal/find-place.ts'),
  layout('desk/layout.tsx', [
    route('can-bo', 'desk/home.tsx'),
    route('can-bo/viec', 'desk/queue.tsx'),
  ]),
  route('sitemap.xml', 'portal/sitemap-xml.ts'),
] satisfies RouteConfig
