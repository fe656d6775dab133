export const messages = {
  'server.needs-script':
    'تحتاج هذه الصفحات إلى JavaScript للكتابة والمشاركة. ويمكن قراءة كل نص منشور ومتابعته من دونه: ضع /read/ مكان /papers/ في عنوانه.',
  'server.reset.subject': 'اختر كلمة مرور جديدة لحسابك في Plenary',
  'server.reset.text':
    'طلب أحدهم، ولعله أنت، كلمة مرور جديدة لحساب {handle} في Plenary.\n\nافتح هذا الرابط خلال ساعة لتختارها:\n{link}\n\nإن لم تكن أنت من طلبها فلا تفعل شيئا: تبقى كلمة مرورك كما هي.\n',
} as const;
