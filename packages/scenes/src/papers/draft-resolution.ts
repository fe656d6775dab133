import {heading, op, organ, pp, sub, subsub, text, title} from './paragraphs.ts';

export const draftResolution = [
  title('Draft resolution on the publication of drafts and the answering of contributions in digital governance'),
  organ('The Copenhagen Conference on Civic Participation,'),
  pp(
    'Guided by the principles of transparency, equality and good faith that the participants have made the basis of their work,',
  ),
  pp(
    'Recalling article 19 of the Universal Declaration of Human Rights, according to which everyone has the right to seek, receive and impart information and ideas through any media and regardless of frontiers, and article 21, according to which everyone has the right to take part in the government of their country,',
  ),
  pp(
    'Recalling also the modalities adopted at the opening of the Conference, in particular those on the publication of drafts, on written input and on the silence procedure,',
  ),
  pp(
    'Reaffirming that the multistakeholder approach rests on the full involvement of Governments, civil society, the private sector, the technical community, academia and international organisations, each in its own role and responsibility,',
  ),
  pp(
    'Recognizing that texts on the governance of networks, data and automated systems are increasingly negotiated in small groups and within short periods of time,',
  ),
  pp(
    'Recognizing also that the circulation of drafts among a few while others wait deprives the negotiation of knowledge and the outcome of support,',
  ),
  pp(
    'Noting with appreciation the work of conveners who have opened their drafting to observation, and the finding in their reports that observation did not lengthen it,',
  ),
  pp(
    'Noting with concern that delegations of small size, organisations from countries with limited connectivity and persons with disabilities continue to face obstacles that could be removed at little cost,',
  ),
  pp(
    'Deeply concerned at reports of intimidation and reprisals against persons who have contributed to public consultations, online and offline,',
  ),
  pp(
    'Aware that premature publication may expose a compromise that is still forming, and that participants must be able to consult among themselves in confidence,',
  ),
  pp(
    'Taking into account the experience of municipal assemblies that answer each submission individually, and the methods that they have made available to others,',
  ),
  pp('Emphasizing that a public record of who proposed what protects those who propose as well as those who decide,'),
  pp(
    'Mindful that the credibility of an outcome depends upon the possibility for anyone to verify, without relying upon those who produced it, that the record has not been altered,',
  ),
  pp('Having considered the elements paper by the co-facilitators and the 118 written inputs received upon it,'),
  heading('I. Publication of drafts'),
  op(
    'Decides that every draft considered by the Conference or by a body established by it shall be published no later than [three] [seven] working days before it is considered, in all working languages in which it exists at that time;',
  ),
  op('Decides also that each published draft shall bear:'),
  sub('A symbol by which it can be cited, and the date and hour of its publication in universal time;'),
  sub('The name of the organisation or group behind each proposed change;'),
  sub('A statement of its standing, namely:'),
  subsub('Whether it is a working text, an issued revision or a final text;'),
  subsub('Who may write in it, and who may read it;'),
  subsub('Until when, and by what means, changes may be proposed;'),
  sub('A reference to the preceding draft, with an account of what has changed;'),
  op(
    'Requests the secretariat to ensure that drafts can be read without an account, on a slow connection and with assistive technology, and that following the work of the Conference leaves no personal data behind;',
  ),
  op(
    'Affirms that informal consultations may be held in confidence, provided that a text that results from them is published under paragraph 1 above before it is put to a decision;',
  ),
  op(
    'Decides further that a meeting or a text may be closed by the chair for a stated reason and a stated time, and that any such decision, and any change of it, shall be announced and entered in the record before it takes effect;',
  ),
  heading('II. Proposals and amendments'),
  op(
    'Invites delegations to submit amendments as changes to identified words of an identified draft, together with a brief rationale and the names of their co-sponsors;',
  ),
  op(
    'Requests the chair to put rival amendments to the same words side by side, to state the order in which they will be decided, and to give the reason when that order departs from the rule that the proposal furthest removed from the text is taken first;',
  ),
  op(
    'Stresses that no amendment shall be regarded as withdrawn or as fallen unless this has been recorded, and that the record shall name the delegation or the decision concerned;',
  ),
  op(
    'Decides that a paragraph agreed ad referendum shall not be reopened except upon a recorded request and with the consent of the chair, and that the delegations that had agreed to it shall be heard;',
  ),
  heading('III. Written contributions'),
  op('Calls upon the secretariat, in respect of every written contribution received within the announced time:'),
  sub('To acknowledge it with a number and a means of verifying that it has not been altered;'),
  sub('To publish it at the level of visibility that its author has chosen;'),
  sub('To set out the points made in it, and to submit that summary to its author for confirmation;'),
  sub('To record against each point whether it has been:'),
  subsub('Reflected in the text, in whole or in part;'),
  subsub('Reflected elsewhere;'),
  subsub('Noted;'),
  subsub('Not reflected, and for what reason;'),
  op(
    'Decides that a round of consultation shall not be closed while a contribution received within the announced time lacks an answer under paragraph 10 (d) above;',
  ),
  op(
    'Encourages the secretariat to group contributions by the paragraph to which they relate, and to keep a separate list of those that relate to matters on which the draft is silent;',
  ),
  op(
    'Requests the secretariat to publish the number of contributions and answers by constituency and by region, and to draw the attention of the Conference to constituencies and regions from which few have been received;',
  ),
  heading('IV. Protection of participants'),
  op(
    'Condemns any act of intimidation or reprisal against a person or organisation for having taken part, or for having sought to take part, in the work of the Conference;',
  ),
  op('Urges all participants:'),
  sub(
    'To refrain from recording, or causing to be recorded, the identity of persons who have chosen to take part under a handle;',
  ),
  sub('To report without delay any act referred to in paragraph 14 above to the focal point designated by the chair;'),
  sub('To assist, within their means, those against whom such acts are directed;'),
  op(
    'Requests the secretariat to collect no more personal data than the conduct of the proceedings requires, to keep no network addresses, and to erase at the request of the person concerned what need not be kept, without impairing the verifiability of the record;',
  ),
  heading('V. Participation from a distance'),
  op(
    'Requests the chair to call speakers who take part from a distance from the same list and in the same order as those who are present, and to schedule meetings at hours that rotate between regions;',
  ),
  op(
    'Invites Governments, municipalities, universities and libraries in a position to do so to provide premises and connections from which the meetings of the Conference can be followed and addressed;',
  ),
  op(
    'Invites the private sector and the technical community to contribute to the costs of interpretation, captioning and connectivity for delegations that would otherwise be unable to take part, in a manner that creates no expectation in respect of the substance of the work;',
  ),
  op(
    'Recommends that the time allotted to speakers be measured and published, and that the chair, in giving the floor, have regard to constituencies and regions that have been heard least;',
  ),
  op(
    'Calls upon all who prepare documents and presentations for the Conference to provide them in accessible formats, and requests the secretariat to return, with an offer of assistance, those that are not;',
  ),
  heading('VI. Silence procedure and adoption'),
  op('Decides that, where a final text is placed under a silence procedure:'),
  sub(
    'The period shall be no less than seventy-two hours, and shall not end on a day that is not a working day at the seat of the Conference;',
  ),
  sub(
    'The announcement shall contain the text, the hour of expiry in universal time and the means of breaking the silence;',
  ),
  sub('Any change to the text shall end the procedure, which may then be started anew;'),
  sub('An objection received after the hour of expiry shall be recorded, and shall have no effect;'),
  op(
    'Takes note of the view expressed by several delegations that reservations form part of the outcome, and decides to publish them together with the adopted text, each under the name of the organisation concerned;',
  ),
  heading('VII. Automated assistance and the integrity of the record'),
  op(
    'Decides that summaries, translations and groupings of contributions that have been produced with the assistance of automated systems shall be marked as such, shall be published together with the original, and shall not be relied upon in a decision before a member of the secretariat has taken responsibility for them;',
  ),
  op('Requests the secretariat to keep a record of the proceedings that:'),
  sub(
    'Contains every act by which a text, a mandate or a rule of publication was changed, with its author and its hour;',
  ),
  sub('Can be verified by anyone, at any time, without access to the systems of the secretariat;'),
  sub('Remains verifiable after personal data have been erased from it;'),
  op(
    'Invites the technical community and academia to examine the methods used for that purpose, and to report any weakness to the secretariat before making it public;',
  ),
  heading('VIII. Follow-up'),
  op(
    'Invites the organisations that endorse the outcome of the Conference to state, when they do so, what they will do to give effect to it, by when, and by what measure it can be judged;',
  ),
  op(
    'Requests the secretariat to prepare, within its existing means, a guide to the practices described in the present resolution, drawing upon the methods of municipal assemblies and other conveners, and to make it available free of charge in all working languages;',
  ),
  op(
    'Also requests the secretariat to report to the Conference, one year after the adoption of the present resolution, on its implementation, including on the number of drafts published within the period set out in paragraph 1 above, the number of contributions answered, and the obstacles encountered;',
  ),
  op('Decides to review the present resolution at its next session, in the light of that report;'),
  op('Decides also to remain seized of the matter.'),
  text(
    'Sponsors at the time of issue: Republic of Valmora, Isles of Tamar, Municipal Assemblies Network, Coalition for Open Assemblies, Institute for Public Reasoning.',
  ),
];
