import {heading, op, organ, pp, sub, subsub, text, title} from './paragraphs.ts';

export const jointStatement = [
  title('Joint statement on civic participation in digital governance'),
  organ('The undersigned organisations,'),
  pp(
    'Recalling that everyone has the right to take part in the conduct of public affairs, directly or through freely chosen representatives,',
  ),
  pp(
    'Recognizing that decisions on networks, data and automated systems shape daily life well before they reach any parliament,',
  ),
  pp(
    'Recognizing also that those who build, run, regulate, study and use digital services each hold a part of the knowledge that good decisions need, and that none of them holds all of it,',
  ),
  pp(
    'Noting with concern that deadlines, time zones, fees and bandwidth still exclude many of those whom these decisions affect most,',
  ),
  pp(
    'Noting also that people who speak in public processes are at times threatened or punished for what they said, and that a handle can protect where a legal name would expose,',
  ),
  pp('Welcoming the practice of publishing drafts while they are written, so that anyone can see the words change,'),
  pp(
    'Bearing in mind that a consultation that receives submissions and says nothing of what became of them teaches people not to write again,',
  ),
  pp(
    'Convinced that openness is a matter of settled habits more than of good intentions, and that habits are best kept when they are written down,',
  ),
  pp(
    'Acknowledging the conveners, municipal assemblies among them, who already answer each submission one by one, and who have found that it costs less than was feared,',
  ),
  heading('What participation means'),
  op('Affirm that participation is meaningful only when contributors can see what became of what they proposed;'),
  op(
    'Affirm also that a process is open when its rules are known before it begins, apply to all who take part, and are not changed without notice while it runs;',
  ),
  op(
    'Recognize that openness has limits, that a meeting may be closed for good reason, and that in this case the reason, the duration and the person who decided are to be stated in advance;',
  ),
  heading('Publishing while writing'),
  op(
    'Call upon conveners to publish every draft, with the name of the organisation behind each change, no later than [three] [seven] working days before it is considered, and to:',
  ),
  sub('Hold sessions at hours that rotate between regions;'),
  sub(
    'Provide every text in a form that loads on a slow line, without an account, and can be read aloud by a machine;',
  ),
  sub('Number paragraphs so that a remark can be made about any of them in any language;'),
  sub('Keep superseded drafts within reach, and say what changed from one to the next;'),
  op(
    'Invite platforms and network operators to consider publishing a yearly account of the requests they receive to restrict content;',
  ),
  op(
    'Invite also all who use automated tools to summarise, translate or sort what participants have said to declare it, to keep the original within one step, and to let a person answer for the result;',
  ),
  op(
    'Encourage all participants to propose their changes in words that can be taken into the text as they stand, with the reason beside them, and to name those with whom they propose them;',
  ),
  heading('Taking part from anywhere'),
  op(
    'Request conveners to make it possible to take part from a distance on the same terms as in the room, and in particular:',
  ),
  sub('To give remote and present speakers one list, called in one order;'),
  sub('To accept a written statement from anyone whose connection fails, and to read it into the record;'),
  sub('To announce deadlines in universal time, with no fewer than:'),
  subsub('Fourteen days for a call for written input;'),
  subsub('Seven days for comments on a revised draft;'),
  subsub('Seventy-two hours for a silence procedure;'),
  sub('To provide interpretation or a translated summary in the languages of those who are affected;'),
  op(
    'Request also that no fee, no particular device and no account with a commercial service be made a condition of reading, writing or speaking;',
  ),
  op(
    'Urge conveners to allow participation under a handle, to collect no more about a person than the process needs, and to delete what is no longer needed;',
  ),
  heading('Answering what was said'),
  op(
    'Call upon conveners to give every written input a receipt, and to record for each point made in it, before the round is closed, one of the following answers, together with the reason:',
  ),
  sub('Reflected in the text, with the paragraph where it is found;'),
  sub('Reflected in part, with what was left aside;'),
  sub('Reflected elsewhere, with a reference;'),
  sub('Noted, where the point calls for no change;'),
  sub('Not reflected;'),
  op(
    'Stress that the summary of an input is to be confirmed or contested by its author before it is relied upon, and that an author who contests it is to be answered;',
  ),
  op(
    'Recommend that participants be asked not only what they think of the text but also what is missing from it, and that the answers be given a place of their own in the compilation;',
  ),
  heading('Speaking and deciding'),
  op(
    'Recommend further that speaking time be measured and published by constituency and region, that groups speak before individuals, and that those who have spoken least be called first among equals;',
  ),
  op(
    'Consider that a decision taken by consensus or by silence binds the more firmly the better it was announced, and that the text, the hour and the way to object are to be repeated in every announcement;',
  ),
  op(
    'Consider also that a reservation is part of the outcome and is to be published with it, under the name of the organisation that made it;',
  ),
  heading('Young people, and those who come for the first time'),
  op(
    'Invite conveners to offer a short introduction before each session, to name a person who answers questions while it runs, and to write agendas that can be understood without knowing the history of the process;',
  ),
  op(
    'Invite also universities, libraries and municipalities to open a room and a line for those who have neither, so that a session can be followed and addressed together;',
  ),
  op(
    'Support in particular organisations led by young people, by persons with disabilities and by communities that are seldom at the table, and resolve to share with them travel funds, interpretation and speaking time that we do not need ourselves;',
  ),
  heading('Keeping our word'),
  op('Undertake, each within its own means:'),
  sub('To apply this statement to the consultations that we convene ourselves;'),
  sub('To name one person who answers questions about how we do so;'),
  sub('To publish, within six months, what we have changed and what we could not change, with the reason;'),
  op(
    'Agree to keep a common list of consultations that follow this statement, open to any convener who declares to do so and to any participant who reports how it went;',
  ),
  op(
    'Decide to review together, one year after adoption, what each organisation has done to give effect to this statement.',
  ),
  text(
    'Open for endorsement by any organisation from the day of its adoption. An endorsement is bound to the text as adopted; a correction is put to those who endorsed before it is made.',
  ),
];
