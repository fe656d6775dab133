export const messages = {
  'front.headline': 'Write the text together, in the open.',
  'front.lead':
    'Plenary is where civil society, governments and industry draft statements and resolutions word by word, while the world reads along.',
  'front.try': 'Try it as',
  'front.try.as': '{role}, {constituency}',
  'front.follow': 'Follow without an account',
  'front.follow.means': 'Anyone may read along. An invitation from a secretariat lets you write.',
  'front.demonstration': 'Demonstration: one click signs you in, nothing is asked.',
  'front.specimen': 'A paper as it is being written',
  'front.specimen.means': 'This is the text as it stands now.',
  'front.specimen.watch': 'Watch the words change',
  'front.live': 'Live',
  'front.open': 'Open consultations',
  'front.open.loading': 'Asking which consultations are open…',
  'front.open.empty': 'No consultation is open.',
  'front.open.empty.fills': 'It stands here as soon as a secretariat opens one.',
  'front.adopted': 'Adopted',
  'front.new-consultation': 'New consultation',
  'front.until': 'until {day}',
  'front.organisations': '{count, plural, one {# organisation} other {# organisations}}',
  'front.papers': '{count, plural, one {# paper} other {# papers}}',
  'front.hold': 'What you can hold us to',
  'front.hold.names': 'Every change has a name',
  'front.hold.names.means':
    'Each word belongs to a member and the organisation they speak for. A handle is enough; a legal name is never asked.',
  'front.hold.saved': 'Saved means saved',
  'front.hold.saved.means':
    'The word stands only when the server has your text on its disk. What you write without a connection stays on your device and follows later.',
  'front.hold.open': 'Who may read is always said',
  'front.hold.open.means':
    'Every paper shows its publication policy and its drafting mode. When the chair changes one, it is told to everyone there and recorded.',
} as const;
