import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'front.headline': 'نكتب النص معًا، في العلن.',
  'front.lead':
    'في Plenary يصوغ المجتمع المدني والحكومات وقطاع الأعمال البيانات والقرارات كلمةً كلمة، والعالم يتابع القراءة.',
  'front.try': 'جرّبه بصفة',
  'front.try.as': '{role}، {constituency}',
  'front.follow': 'المتابعة من دون حساب',
  'front.follow.means': 'يمكن لأي شخص أن يتابع القراءة. أما الكتابة فبدعوة من الأمانة.',
  'front.demonstration': 'عرض تجريبي: نقرة واحدة تسجّل دخولك، ولا يُطلب منك شيء.',
  'front.specimen': 'ورقة أثناء كتابتها',
  'front.specimen.means': 'هذا هو النص كما هو الآن.',
  'front.specimen.watch': 'شاهد الكلمات وهي تتغير',
  'front.live': 'مباشر',
  'front.open': 'المشاورات المفتوحة',
  'front.open.loading': 'يجري السؤال عن المشاورات المفتوحة…',
  'front.open.empty': 'لا توجد مشاورات مفتوحة.',
  'front.open.empty.fills': 'تظهر هنا حالما تفتح الأمانة واحدة.',
  'front.adopted': 'ما اعتُمد',
  'front.new-consultation': 'مشاورة جديدة',
  'front.until': 'حتى {day}',
  'front.organisations':
    '{count, plural, zero {لا منظمات} one {منظمة واحدة} two {منظمتان} few {# منظمات} many {# منظمة} other {# منظمة}}',
  'front.papers':
    '{count, plural, zero {لا أوراق} one {ورقة واحدة} two {ورقتان} few {# أوراق} many {# ورقة} other {# ورقة}}',
  'front.hold': 'ما يمكنك أن تحاسبنا عليه',
  'front.hold.names': 'لكل تغيير اسم',
  'front.hold.names.means':
    'كل كلمة تُنسب إلى عضو وإلى المنظمة التي يتحدث باسمها. يكفي اسم مستعار، ولا يُطلب الاسم القانوني أبدًا.',
  'front.hold.saved': '«محفوظ» تعني محفوظًا',
  'front.hold.saved.means':
    'لا تظهر هذه الكلمة إلا حين يكون نصك على قرص الخادم. وما تكتبه من دون اتصال يبقى على جهازك ويُرسَل لاحقًا.',
  'front.hold.open': 'من يحق له القراءة معلن دائمًا',
  'front.hold.open.means':
    'تعرض كل ورقة سياسة نشرها ونمط صياغتها. وحين تغيّر الرئاسة أحدهما، يُبلَّغ جميع الحاضرين ويُدوَّن ذلك.',
};
