/** Moving many open dossiers: to another version of their process, or after authorities to their heirs. */
export const moving = {
  'not-yours': 'Chỉ kiểm soát thủ tục hành chính cấp tỉnh được chuyển hồ sơ sang phiên bản quy trình khác.',
  'unknown-version': 'Không có phiên bản {version} của quy trình {key}.',
  invalid: 'Kế hoạch chuyển chưa dùng được.',
  'not-yet': 'Việc sắp xếp có hiệu lực từ ngày {effectiveOn}; chưa chuyển hồ sơ trước ngày đó.',
  problem: {
    missing: 'Cần ghi mục này.',
    'same-version': 'Hai phiên bản phải khác nhau.',
    'not-in-force': 'Phiên bản này có hiệu lực từ ngày {validFrom}; chưa chuyển hồ sơ trước ngày đó.',
    withdrawn: 'Phiên bản này đã được rút lại trước ngày có hiệu lực.',
    'no-such-step': 'Không có bước “{step}” trong phiên bản được nêu.',
    'another-kind': '“{step}” không cùng loại: bước chỉ thành bước, chỗ chờ chỉ thành chỗ chờ cùng loại.',
    'skips-decision': '“{step}” đứng sau bước ký duyệt: hồ sơ chưa được quyết định thì chưa chuyển đến đó.',
  },
  stays: {
    'no-such-case': 'trường hợp của hồ sơ không có trong bản mới',
    'step-not-mapped': 'đang ở bước chưa nêu bước thay thế',
    'not-reachable': 'phiên bản mới không thể tự đi đến chỗ hồ sơ đang đứng',
  },
} as const
