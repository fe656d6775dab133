import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'exchange.left.front-matter': '{count, plural, other {略去页首的 # 个条目，例如版式。}}',
  'exchange.left.image': '{count, plural, other {略去 # 幅图像；其说明作为文字保留。}}',
  'exchange.left.table': '{count, plural, other {# 个表格改为段落保留，每行一段。}}',
  'exchange.left.footnote': '{count, plural, other {# 条脚注在原处作为段落保留。}}',
  'exchange.left.code': '{count, plural, other {# 处代码作为文字保留，每行一段。}}',
  'exchange.left.rule': '{count, plural, other {略去 # 条分隔线。}}',
  'exchange.left.html': '{count, plural, other {# 处 HTML 去掉了标签；文字保留。}}',
  'exchange.left.link': '{count, plural, other {# 个链接不以 https://、http:// 或 mailto: 开头；保留文字，去掉链接。}}',
  'exchange.left.line-break': '{count, plural, other {段落内的 # 处换行改为空格。}}',
  'exchange.left.control': '{count, plural, other {去掉 # 个不可见的控制字符。}}',
  'exchange.left.depth': '列表或引文嵌套过深，无法识别；文字连同符号一并保留。',
  'exchange.left.encoding': '来源未说明其字符编码，已按 Windows-1252 读取。请核对带重音的字母。',
  'exchange.format.markdown': 'Markdown',
  'exchange.format.text': '纯文本',
  'exchange.format.html': '网页（HTML）',
};
