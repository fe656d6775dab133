export const messages = {
  'server.needs-script':
    '在这些页面上撰写和参与均需 JavaScript。每份公开的文件不用它也可以阅读和关注：把网址中的 /papers/ 换成 /read/ 即可。',
  'server.reset.subject': '为您的 Plenary 账户设置新密码',
  'server.reset.text':
    '有人（很可能是您本人）为 Plenary 上 {handle} 的账户申请了新密码。\n\n请在一小时内打开此链接设置新密码：\n{link}\n\n如果不是您本人，无需任何操作：密码保持不变。\n',
} as const;
