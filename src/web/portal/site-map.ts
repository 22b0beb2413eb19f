/** Pages that anybody may open, for the site map and for search engines. */
export const publicPages = [
  { path: '/', key: 'web.nav.home' },
  { path: '/tim', key: 'web.search.titleAll' },
  { path: '/tra-cuu', key: 'web.home.lookup' },
  { path: '/xac-minh', key: 'tracking.verify.title' },
  { path: '/trung-tam', key: 'web.nav.centres' },
  { path: '/tro-giup', key: 'web.footer.questions' },
  { path: '/gioi-thieu', key: 'web.footer.introduction' },
  { path: '/quyen-rieng-tu', key: 'web.footer.privacy' },
  { path: '/co-chu-tuong-phan', key: 'web.reading.title' },
] as const

export const openPages = [
  { path: '/so-lieu', key: 'web.nav.figures' },
  { path: '/api', key: 'web.footer.api' },
  { path: '/kham-pha', key: 'web.siteMap.explore' },
  { path: '/thanh-phan', key: 'web.siteMap.components' },
] as const

export const signedInPages = [
  { path: '/ho-so', key: 'web.nav.mine' },
  { path: '/thong-bao', key: 'web.nav.messages' },
  { path: '/tai-khoan', key: 'tracking.account.title' },
] as const

export const officialPages = [
  { path: '/can-bo/viec', key: 'web.nav.desk' },
  { path: '/bang', key: 'web.siteMap.board' },
] as const
