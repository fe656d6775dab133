export const messages = {
  'server.needs-script':
    'These pages need JavaScript to write and to take part. Every public paper can be read and followed without it: put /read/ in place of /papers/ in its address.',
  'server.reset.subject': 'Choose a new password for Plenary',
  'server.reset.text':
    'Somebody, probably you, asked for a new password for the account of {handle} on Plenary.\n\nOpen this link within an hour to choose it:\n{link}\n\nIf it was not you, do nothing: your password stays as it is.\n',
} as const;
