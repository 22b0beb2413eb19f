/** How far a function is met: in full, in part (the note says what is missing), or not yet. */
export type Standing = 'met' | 'partly' | 'not-yet'

/** One function or duty that the State asks of this kind of system, and where it is met here. */
export interface RequiredFunction {
  id: string
  group: GroupKey
  name: { vi: string; en: string }
  standing: Standing
  /** Page or address where it can be seen. */
  link?: string
  /** Test file that proves it, from the root of the repository. */
  test?: string
  /** What is missing. */
  note?: { vi: string; en: string }
}

export const groups = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'N'] as const
export type GroupKey = (typeof groups)[number]

/**
 * The nine groups with 31 functions of TT 21/2023/TT-BTTTT as amended by TT 11/2025/TT-BKHCN, and the duties of
 * NĐ 224/2026/NĐ-CP that become functions. What is not there is said plainly.
 */
export const requiredFunctions: readonly RequiredFunction[] = [
  {
    id: 'F1.1',
    group: 'F1',
    name: { vi: 'Quản lý tài khoản', en: 'Account management' },
    standing: 'partly',
    link: '/can-bo/uy-quyen',
    test: 'src/modules/directory/powers.test.ts',
    note: {
      vi: 'Quyền theo vị trí công tác, làm thay và ủy quyền ký có thời hạn, khóa tài khoản; chưa có màn hình cấp tài khoản.',
      en: 'Rights by post, dated absence and authority to sign, locking; there is no screen to issue accounts.',
    },
  },
  {
    id: 'F2.1',
    group: 'F2',
    name: { vi: 'Danh mục điện tử dùng chung', en: 'Shared catalogues' },
    standing: 'partly',
    link: '/trung-tam',
    test: 'src/modules/directory/directory.test.ts',
    note: {
      vi: 'Đơn vị hành chính cũ và mới, cơ quan, dân tộc; chưa nối hệ thống danh mục quốc gia.',
      en: 'Old and new administrative units, authorities, ethnic groups; not linked to the national catalogues.',
    },
  },
  {
    id: 'F2.2',
    group: 'F2',
    name: { vi: 'Danh mục thủ tục hành chính', en: 'Procedure catalogue' },
    standing: 'met',
    link: '/du-lieu/thu-tuc.jsonld',
    test: 'src/modules/catalogue/exchange/exchange.test.ts',
    note: {
      vi: 'Bản công bố theo ngày và quyết định, quy định của tỉnh, nhập bản ghi quốc gia và CSV, xuất JSON, CSV, CPSV-AP.',
      en: 'Dated editions by decisions, rules of the province, import of national records and CSV, export as JSON, CSV, CPSV-AP.',
    },
  },
  {
    id: 'F2.3',
    group: 'F2',
    name: { vi: 'Trạng thái hồ sơ', en: 'Dossier status' },
    standing: 'met',
    link: '/tra-cuu',
    test: 'src/modules/dossiers/life.model.test.ts',
  },
  {
    id: 'F2.4',
    group: 'F2',
    name: { vi: 'Hồ sơ, biểu mẫu điện tử', en: 'E-dossier, e-form' },
    standing: 'met',
    link: '/thu-tuc/1.001193',
    test: 'test/journeys/forms-alike.test.ts',
    note: {
      vi: 'Mẫu khai là dữ liệu, cùng một cách tính trên máy chủ và trình duyệt; cán bộ dựng mẫu tại Thiết kế thủ tục.',
      en: 'Forms are data, evaluated alike on the server and in browsers; officials build them in the studio.',
    },
  },
  {
    id: 'F2.5',
    group: 'F2',
    name: { vi: 'Luân chuyển hồ sơ', en: 'Circulation of dossiers' },
    standing: 'met',
    link: '/can-bo/viec',
    test: 'src/modules/dossiers/moving.test.ts',
  },
  {
    id: 'F2.6',
    group: 'F2',
    name: { vi: 'Quy trình xử lý', en: 'Handling process' },
    standing: 'met',
    link: '/can-bo/quy-trinh',
    test: 'test/journeys/process-editor.test.ts',
    note: {
      vi: 'Quy trình dán từ bảng các bước trong Word, Excel, hoặc vẽ bằng BPMN ngay trên trang.',
      en: 'Processes are pasted as step tables from Word or Excel, or drawn in BPMN on the page.',
    },
  },
  {
    id: 'F2.7',
    group: 'F2',
    name: { vi: 'Theo dõi tiến trình', en: 'Progress tracking' },
    standing: 'met',
    link: '/ho-so',
    test: 'src/web/portal/tracking/status.view.test.ts',
  },
  {
    id: 'F2.8',
    group: 'F2',
    name: { vi: 'Cấu hình trực quan', en: 'Visual configuration' },
    standing: 'met',
    link: '/thiet-ke',
    test: 'src/modules/changes/changes.test.ts',
    note: {
      vi: 'Nội dung, mẫu khai, quy trình, giấy in và ca kiểm thử trong một bản soạn: kiểm tra, xem thử, chạy lại hồ sơ cũ, người thứ hai duyệt, công bố, rút lại.',
      en: 'Terms, form, process, papers and test cases in one draft: checks, preview, replay, a second person, publication, taking back.',
    },
  },
  {
    id: 'F3.1',
    group: 'F3',
    name: { vi: 'Sử dụng chữ ký số', en: 'Use of digital signatures' },
    standing: 'not-yet',
    note: {
      vi: 'Kết quả được duyệt trên hệ thống và nói rõ như thế; không giả làm chữ ký số.',
      en: 'Results are approved in the system and say so; no digital signature is claimed.',
    },
  },
  {
    id: 'F3.2',
    group: 'F3',
    name: { vi: 'Tích hợp dịch vụ ký', en: 'Signing services' },
    standing: 'not-yet',
  },
  {
    id: 'F4.1',
    group: 'F4',
    name: { vi: 'Tiếp nhận', en: 'Reception' },
    standing: 'met',
    link: '/can-bo/tai-quay',
    test: 'src/modules/dossiers/filing/submit-dossier.test.ts',
  },
  {
    id: 'F4.2',
    group: 'F4',
    name: { vi: 'Bổ sung', en: 'Supplement' },
    standing: 'met',
    link: '/can-bo/viec',
    test: 'test/journeys/life-of-a-dossier.test.ts',
  },
  {
    id: 'F4.3',
    group: 'F4',
    name: { vi: 'Phân công', en: 'Assignment' },
    standing: 'met',
    link: '/can-bo/khoi-luong',
    test: 'src/modules/dossiers/policy.test.ts',
  },
  {
    id: 'F4.4',
    group: 'F4',
    name: { vi: 'Thẩm định, phối hợp', en: 'Appraisal, coordination' },
    standing: 'met',
    link: '/can-bo/viec',
    test: 'src/modules/dossiers/consultations.test.ts',
  },
  {
    id: 'F4.5',
    group: 'F4',
    name: { vi: 'Phê duyệt', en: 'Approval' },
    standing: 'met',
    link: '/can-bo/ky',
    test: 'src/modules/dossiers/life.test.ts',
  },
  {
    id: 'F4.6',
    group: 'F4',
    name: { vi: 'Dừng giải quyết', en: 'Stopping' },
    standing: 'met',
    link: '/can-bo/viec',
    test: 'test/journeys/life-of-a-dossier.test.ts',
  },
  {
    id: 'F4.7',
    group: 'F4',
    name: { vi: 'Trả kết quả', en: 'Return of result' },
    standing: 'partly',
    link: '/xac-minh',
    test: 'src/modules/dossiers/corrections.test.ts',
    note: {
      vi: 'Trả cho từng người, từng kênh, ghi số bưu gửi; chưa đẩy vào kho quốc gia.',
      en: 'To each recipient and channel, with the number of the parcel; the national store is not fed.',
    },
  },
  {
    id: 'F5.1',
    group: 'F5',
    name: { vi: 'In, kết xuất', en: 'Print, export' },
    standing: 'partly',
    link: '/can-bo/so-theo-doi',
    test: 'test/log-book-files.test.ts',
    note: {
      vi: 'Phiếu, kết quả và sổ theo dõi ra PDF/A, sổ ra cả bảng tính; việc kết xuất chưa ghi vào nhật ký.',
      en: 'Slips, results and log books as PDF/A, log books as spreadsheets too; taking them leaves no line in the journal yet.',
    },
  },
  {
    id: 'F5.2',
    group: 'F5',
    name: { vi: 'Thông báo, nhắc việc', en: 'Notices, reminders' },
    standing: 'met',
    link: '/hop-thu-mau',
    test: 'src/modules/notifications/notifications.test.ts',
  },
  {
    id: 'F5.3',
    group: 'F5',
    name: { vi: 'Tra cứu', en: 'Search' },
    standing: 'met',
    link: '/tra-cuu',
    test: 'src/modules/catalogue/search.test.ts',
  },
  {
    id: 'F5.4',
    group: 'F5',
    name: { vi: 'Trợ giúp cán bộ', en: 'Help for officers' },
    standing: 'not-yet',
  },
  {
    id: 'F6.1',
    group: 'F6',
    name: { vi: 'Tổng hợp báo cáo', en: 'Report compilation' },
    standing: 'not-yet',
    note: {
      vi: 'Số liệu tính lại được đến từng hồ sơ, nhưng chưa ra báo cáo theo mẫu.',
      en: 'Figures can be recomputed to the digit, but no report is made of them yet.',
    },
  },
  {
    id: 'F6.2',
    group: 'F6',
    name: { vi: 'Mẫu báo cáo', en: 'Report templates' },
    standing: 'not-yet',
  },
  {
    id: 'F6.3',
    group: 'F6',
    name: { vi: 'Thống kê hồ sơ', en: 'Dossier statistics' },
    standing: 'met',
    link: '/so-lieu',
    test: 'src/modules/indicators/indicators.test.ts',
  },
  {
    id: 'F7.1',
    group: 'F7',
    name: { vi: 'Theo dõi, truy vấn', en: 'Monitoring, query' },
    standing: 'partly',
    link: '/can-bo/canh-bao',
    test: 'src/modules/dossiers/desk/stuck.test.ts',
    note: {
      vi: 'Danh sách hồ sơ kẹt và khối lượng việc của đơn vị; lãnh đạo tỉnh mới xem được số liệu.',
      en: 'What is stuck and the workload of a unit; leaders of the province see figures only.',
    },
  },
  {
    id: 'F7.2',
    group: 'F7',
    name: { vi: 'Chỉ đạo, điều hành', en: 'Direction' },
    standing: 'not-yet',
  },
  {
    id: 'F8.1',
    group: 'F8',
    name: { vi: 'Quản trị kho dữ liệu', en: 'Administration of the data store' },
    standing: 'not-yet',
  },
  {
    id: 'F8.2',
    group: 'F8',
    name: { vi: 'Sử dụng kho dữ liệu', en: 'Use of the data store' },
    standing: 'not-yet',
  },
  {
    id: 'F9.1',
    group: 'F9',
    name: { vi: 'Kết nối các hệ thống', en: 'Connection with systems' },
    standing: 'partly',
    link: '/api',
    test: 'src/modules/catalogue/api.test.ts',
    note: {
      vi: 'API mở có khóa cho từng hệ thống; chưa nối hệ thống thật nào.',
      en: 'An open API with a token for each system; no real system is connected.',
    },
  },
  {
    id: 'F9.2',
    group: 'F9',
    name: { vi: 'Kết nối Cổng Dịch vụ công quốc gia', en: 'Connection with the national portal' },
    standing: 'not-yet',
  },
  {
    id: 'N1',
    group: 'N',
    name: {
      vi: 'Công bố mức độ trực tuyến, lý do nếu chỉ một phần',
      en: 'Level of online service, with the reason when partial',
    },
    standing: 'partly',
    link: '/tim',
    test: 'src/modules/catalogue/procedure-version.test.ts',
    note: { vi: 'Có ở đây; chưa đẩy lên Cổng quốc gia.', en: 'Shown here; not sent to the national portal.' },
  },
  {
    id: 'N2',
    group: 'N',
    name: { vi: 'Mã và tên dịch vụ đúng như thủ tục', en: 'Code and name as in the procedure' },
    standing: 'met',
    link: '/tim',
    test: 'src/modules/catalogue/catalogue-store.test.ts',
  },
  {
    id: 'N3',
    group: 'N',
    name: { vi: 'Điền sẵn, cung cấp thông tin một lần', en: 'Prefilled, information given once' },
    standing: 'partly',
    link: '/thu-tuc/1.001193',
    test: 'src/modules/forms/base-cases.test.ts',
    note: {
      vi: 'Điền từ tài khoản và sổ mẫu; chưa nối cơ sở dữ liệu quốc gia.',
      en: 'From the account and sample registers; the national databases are not connected.',
    },
  },
  {
    id: 'N4',
    group: 'N',
    name: { vi: 'Không đòi giấy Nhà nước đã có', en: 'No paper that the State already has' },
    standing: 'met',
    link: '/thu-tuc/1.001193',
    test: 'src/modules/catalogue/procedure-version.test.ts',
  },
  {
    id: 'N5',
    group: 'N',
    name: { vi: 'Thanh toán trực tuyến', en: 'Online payment' },
    standing: 'not-yet',
    note: {
      vi: 'Lệ phí được tính và ghi rõ; thu tại quầy.',
      en: 'Fees are computed and shown; paid at the counter.',
    },
  },
  {
    id: 'N6',
    group: 'N',
    name: { vi: 'Báo tình trạng theo thời gian thực', en: 'Status told in real time' },
    standing: 'met',
    link: '/hop-thu-mau',
    test: 'src/modules/notifications/notifications.test.ts',
  },
  {
    id: 'N7',
    group: 'N',
    name: { vi: 'Đồng bộ hồ sơ do bộ, ngành giải quyết', en: 'Mirror of dossiers that ministries handle' },
    standing: 'not-yet',
  },
  {
    id: 'N8',
    group: 'N',
    name: { vi: 'Người khuyết tật dùng được', en: 'Accessible to people with disabilities' },
    standing: 'met',
    link: '/co-chu-tuong-phan',
    test: 'src/web/ui/parts.test.tsx',
  },
  {
    id: 'N9',
    group: 'N',
    name: { vi: 'Dịch vụ chủ động, bốn mức', en: 'Proactive services, four levels' },
    standing: 'not-yet',
  },
  {
    id: 'N10',
    group: 'N',
    name: { vi: 'Hoàn nguyên khi người dân từ chối', en: 'Data restored when a person declines' },
    standing: 'not-yet',
  },
  {
    id: 'N11',
    group: 'N',
    name: { vi: 'Báo trước khi dừng hệ thống', en: 'Notice before a planned stop' },
    standing: 'not-yet',
  },
  {
    id: 'N12',
    group: 'N',
    name: { vi: 'Đánh giá hài lòng, giữ kín người đánh giá', en: 'Rating, with privacy of the rater' },
    standing: 'met',
    link: '/ho-so',
    test: 'src/modules/feedback/feedback.test.ts',
  },
  {
    id: 'N13',
    group: 'N',
    name: {
      vi: 'Đo liên tục theo dịch vụ, theo bên, theo bước',
      en: 'Continuous measurement per service, party and step',
    },
    standing: 'partly',
    link: '/so-lieu',
    test: 'src/modules/indicators/indicators.test.ts',
    note: {
      vi: 'Theo dịch vụ và cơ quan; chưa theo từng bước.',
      en: 'Per service and authority; not yet per step.',
    },
  },
  {
    id: 'N14',
    group: 'N',
    name: { vi: 'Giảm phí theo hạng công dân số', en: 'Fees by digital-citizen grade' },
    standing: 'not-yet',
  },
  {
    id: 'N15',
    group: 'N',
    name: { vi: 'Người giúp và người nộp được ghi riêng', en: 'Helper and applicant recorded apart' },
    standing: 'met',
    link: '/can-bo/tai-quay',
    test: 'src/modules/identity/representation.test.ts',
  },
]
