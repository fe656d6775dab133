export const messages = {
  'server.needs-script':
    'تحتاج هذه الصفحات إلى JavaScript للكتابة والمشاركة. ويمكن قراءة كل ورقة علنية ومتابعتها من دونه: ضع /read/ مكان /papers/ في عنوانها.',
  'server.reset.subject': 'اختر كلمة سر جديدة لحسابك في Plenary',
  'server.reset.text':
    'طلب أحدهم، ولعله أنت، كلمة سر جديدة لحساب {handle} في Plenary.\n\nافتح هذا الرابط خلال ساعة لتختارها:\n{link}\n\nإن لم تكن أنت من طلبها فلا تفعل شيئًا: تبقى كلمة سرك كما هي.\n',
} as const;
