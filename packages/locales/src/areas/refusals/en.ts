import type {RefusalCode} from '@plenary/domain/refusal';

export const messages = {
  'refusals.sign-in.required': 'This needs an account here. Sign in, then try again.',
  'refusals.sign-in.wrong': 'The e-mail address and the password do not belong together. Check both and try again.',
  'refusals.sign-in.again': 'You are no longer signed in. Sign in again; what you wrote is kept meanwhile.',
  'refusals.sign-up.closed': 'Accounts are made by invitation here. Open the link that the secretariat sent you.',
  'refusals.not-found':
    'There is nothing at this address that you can see. Check the address, or sign in if you have a mandate.',
  'refusals.not-permitted':
    'Your mandate does not cover this. The chair or the secretariat can tell you who may do it.',
  'refusals.input.invalid': 'What was sent is incomplete or not in the right form. Correct it and send it again.',
  'refusals.input.too-large': 'This is larger than what can be taken in at once. Send it in smaller parts.',
  'refusals.input.unreadable': 'What was sent arrived damaged and could not be read. Send it again.',
  'refusals.rate.limited':
    '{seconds, plural, =0 {Too much came at once. Wait a minute, then go on.} one {Too much came at once. Go on in # second.} other {Too much came at once. Go on in # seconds.}}',
  'refusals.slug.taken': 'This short name for the address is in use. Choose another one.',
  'refusals.handle.taken': 'Another member goes by this handle. Choose another one.',
  'refusals.email.taken': 'There is an account with this e-mail address. Sign in with it instead.',
  'refusals.invitation.invalid':
    'This invitation does not exist or has expired. Ask the person who invited you for a new link.',
  'refusals.invitation.used': 'This invitation has been accepted before. If it was you, sign in.',
  'refusals.demonstration.off': 'This is not a demonstration. Sign in with your own account.',
  'refusals.origin.refused':
    'This came from another website and was not carried out. Open Plenary itself and do it there.',
  'refusals.server.busy': 'The server is busy or restarting. Nothing was changed; try again in a moment.',
  'refusals.server.failed':
    'Something went wrong on our side, and it is in the log. Try again; if it returns, tell the operator.',
  'refusals.paper.frozen':
    'The chair has frozen this paper: nobody writes in it now. Keep your words until it is opened again.',
  'refusals.paper.amendments-only':
    'Only the chair and the secretariat write in this paper now. Delegates read it, and propose changes to the pen-holders.',
  'refusals.paper.closed': 'The text of this paper is not open to you. Ask the chair about its publication policy.',
  'refusals.paper.damaged':
    'This paper cannot be opened, and the operator has been told. Other papers are not affected.',
  'refusals.paper.other-schema': 'This page is older than the paper. Reload it to write; reading goes on meanwhile.',
  'refusals.paper.other-epoch':
    'The paper was restored from a back-up. Your copy is opened anew, and what you had not saved is offered back to you.',
  'refusals.revision.empty': 'The paper has no words yet. Write the text first, then issue it.',
  'refusals.revision.unchanged':
    'The text is the same as in that revision, so nothing was done. Open the revision and cite it.',
  'refusals.paragraph.unknown':
    'This paragraph is not in the paper any more. Look where its words went before you go on.',
  'refusals.move.impossible': 'The paragraph cannot be moved there. Choose another place.',
  'refusals.join.impossible': 'These two paragraphs cannot be joined. Move the words by hand.',
  'refusals.room.too-many-connections': 'You have this paper open in too many windows. Close one and reload this one.',
  'refusals.room.too-fast':
    'More was sent than this paper can take in. Wait a moment; the connection comes back by itself.',
  'refusals.room.too-large':
    'One change was too large to be taken in. Create a paper from the file, or paste it in parts.',
  'refusals.room.malformed': 'A message could not be read and was not taken in. Reload the page.',
  'refusals.room.unknown-message':
    'A message of an unknown kind was not taken in. Reload the page to get the current version.',
  'refusals.room.gap':
    'Some of your changes did not arrive. Your copy is opened anew, and your words are offered back to you.',
  'refusals.room.missing-dependency':
    'A change rests on another that did not arrive. Your copy is opened anew, and your words are offered back to you.',
  'refusals.room.foreign-author':
    'A change came in under the name of someone else and was not taken in. Reload the page.',
  'refusals.room.too-many-authors': 'This paper has been opened under your name too many times. Tell the operator.',
  'refusals.room.content': 'A change held something that papers cannot contain. Paste it as plain text.',
  'refusals.room.place': 'A change pointed to a place that does not exist. Reload the page and make it again.',
  'refusals.room.identity-taken':
    'The number that this window chose is in use. A new one is taken; your words are kept.',
  'refusals.room.server-only': 'A change concerned what only the server sets. Reload the page and make it again.',
  'refusals.room.link': 'A link leads where links may not lead. Begin it with https://, http:// or mailto:.',
  'refusals.room.future': 'A change removed what has not been written yet. Reload the page and make it again.',
  'refusals.room.budget': 'More was removed at once than can be taken in. Make the change in smaller steps.',
  'refusals.session.over': 'This session is over. What was said stands in its minutes.',
  'refusals.session.not-open': 'The session is not open now. The chair opens it.',
  'refusals.session.closed': 'This session is not open to you. Ask the chair about its publication policy.',
  'refusals.session.join-first': 'You are not in the session. Join it first.',
  'refusals.agenda.item-unknown': 'There is no such item on the agenda any more.',
  'refusals.agenda.item-used': 'An item that was taken up stays on the agenda.',
  'refusals.agenda.paper-elsewhere': 'This paper is not part of the item on the floor. Take up its item first.',
  'refusals.participant.unknown': 'Nobody with this number is in the session.',
  'refusals.participant.removed': 'The chair removed this person from the session. The chair can let them back in.',
  'refusals.participant.muted':
    'The chair has muted you for now. You can follow, and be heard again when the chair says so.',
  'refusals.participant.chair': 'Whoever leads the session cannot be muted or removed.',
  'refusals.list.closed': 'The list of speakers is closed. The chair can open it again.',
  'refusals.floor.already-waiting': 'Already on the list of speakers.',
  'refusals.floor.already-speaking': 'This person has the floor already.',
  'refusals.floor.not-waiting': 'Not on the list of speakers any more.',
  'refusals.floor.nobody-speaks': 'Nobody has the floor now.',
  'refusals.order.pending': 'A point of order is being heard. Raise yours when it has ended.',
  'refusals.poll.unknown': 'There is no such question in this session.',
  'refusals.poll.over': 'The chair has closed this question. Your answer was not counted.',
  'refusals.poll.other-open': 'Another question is still open. Close it first.',
  'refusals.poll.choice': 'This is not one of the answers. Choose one that is shown.',
  'refusals.contribution.unknown': 'There is no such contribution in this session.',
  'refusals.comment.resolved': 'This thread is resolved. Reopen it to answer.',
  'refusals.comment.withdrawn': 'Its author has withdrawn this comment; there are no words left to hide.',
  'refusals.erasure.only-chair':
    'You are the only chair of a consultation. Let the secretariat invite another chair first; then erase your account.',
  'refusals.erasure.only-secretariat':
    'You are the only secretariat here. Invite another one first; then erase your account.',
  'refusals.erasure.demonstration':
    'This account belongs to the demonstration, and everyone who tries it uses it. It cannot be erased.',
  'refusals.erasure.other-handle': 'This is not your handle. Nothing was erased.',
  'refusals.ledger.damaged':
    'The ledger does not agree with what was signed earlier. Nothing more is signed until those who run this instance have looked at it.',
  'refusals.format.unknown':
    'Files of this kind are not read yet. Choose a Word, Markdown or text file (.docx, .md or .txt).',
  'refusals.format.not-text':
    'This file holds no text that can be read. Save it as a Word file (.docx), plain text or Markdown and choose that file.',
  'refusals.format.too-large':
    'This file unpacks to more than can be read at once, and it was not opened. Take out pictures and embedded files, or divide it.',
  'refusals.format.damaged':
    'This file is damaged or incomplete. Open it in the program that it comes from, save it again and choose the new file.',
  'refusals.format.encrypted': 'This file is locked with a password. Save a copy without one and choose that.',
  'refusals.format.macros':
    'This file carries macros, which are programs. Save it as a Word file without macros (.docx) and choose that.',
  'refusals.format.unsafe':
    'This file holds instructions that no text needs and that could do harm, and it was not opened. Copy the words into a new file and choose that.',
} as const satisfies Record<`refusals.${RefusalCode}`, string>;
