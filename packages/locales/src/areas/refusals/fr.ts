import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'refusals.sign-in.required': 'Il faut un compte ici pour cela. Connectez-vous, puis réessayez.',
  'refusals.sign-in.wrong':
    'L’adresse électronique et le mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.',
  'refusals.sign-in.again':
    'Votre session a pris fin. Reconnectez-vous ; ce que vous avez écrit est gardé entre-temps.',
  'refusals.sign-up.closed':
    'Ici, les comptes s’ouvrent sur invitation. Ouvrez le lien que le secrétariat vous a envoyé.',
  'refusals.not-found':
    'Rien à cette adresse ne vous est visible. Vérifiez l’adresse, ou connectez-vous si vous avez un mandat.',
  'refusals.not-permitted':
    'Votre mandat ne va pas jusque-là. La présidence ou le secrétariat peut vous dire à qui cela revient.',
  'refusals.input.invalid':
    'Ce qui a été envoyé est incomplet ou n’a pas la forme voulue. Corrigez-le et envoyez-le de nouveau.',
  'refusals.input.too-large': 'C’est trop volumineux pour être reçu en une fois. Envoyez-le en parties plus petites.',
  'refusals.input.unreadable': 'Ce qui a été envoyé est arrivé endommagé et n’a pas pu être lu. Envoyez-le de nouveau.',
  'refusals.rate.limited':
    '{seconds, plural, =0 {Trop de demandes à la fois. Attendez une minute, puis continuez.} one {Trop de demandes à la fois. Continuez dans # seconde.} many {Trop de demandes à la fois. Continuez dans # secondes.} other {Trop de demandes à la fois. Continuez dans # secondes.}}',
  'refusals.slug.taken': 'Ce nom court est déjà pris dans les adresses. Choisissez-en un autre.',
  'refusals.handle.taken': 'Un autre membre porte déjà ce pseudonyme. Choisissez-en un autre.',
  'refusals.email.taken': 'Un compte existe déjà avec cette adresse électronique. Servez-vous-en pour vous connecter.',
  'refusals.invitation.invalid':
    'Cette invitation n’existe pas ou a expiré. Demandez un nouveau lien à la personne qui vous a invité.',
  'refusals.invitation.used': 'Cette invitation a déjà été acceptée. Si c’était par vous, connectez-vous.',
  'refusals.demonstration.off': 'Ceci n’est pas une démonstration. Connectez-vous avec votre propre compte.',
  'refusals.origin.refused':
    'Cette demande venait d’un autre site et n’a pas été exécutée. Ouvrez Plenary et faites-la depuis ses pages.',
  'refusals.server.busy': 'Le serveur est occupé ou redémarre. Rien n’a changé ; réessayez dans un instant.',
  'refusals.server.failed':
    'Une panne s’est produite de notre côté ; elle est consignée. Réessayez ; si elle revient, prévenez l’exploitant.',
  'refusals.paper.frozen':
    'La présidence a gelé ce document : personne n’y écrit en ce moment. Gardez vos mots jusqu’à sa réouverture.',
  'refusals.paper.amendments-only':
    'Seuls la présidence et le secrétariat écrivent dans ce document en ce moment. Les délégués le lisent et leur proposent des changements.',
  'refusals.paper.closed':
    'Ce document ne vous est pas ouvert. Renseignez-vous auprès de la présidence sur sa politique de publication.',
  'refusals.paper.damaged':
    'Ce document ne peut pas être ouvert, et l’exploitant est prévenu. Les autres documents ne sont pas touchés.',
  'refusals.paper.other-schema':
    'Cette page est plus ancienne que le document. Rechargez-la pour écrire ; la lecture continue en attendant.',
  'refusals.paper.other-epoch':
    'Le document a été rétabli d’après une sauvegarde. Votre copie est rouverte, et ce qui n’était pas enregistré vous est rendu.',
  'refusals.revision.empty': 'Ce document n’a pas encore de texte. Rédigez-le, puis publiez-le.',
  'refusals.revision.unchanged':
    'Le texte est le même que dans cette révision : rien n’a été fait. Ouvrez la révision et citez-la.',
  'refusals.paragraph.unknown':
    'Ce paragraphe n’est plus dans le document. Voyez où sont passés ses mots avant de continuer.',
  'refusals.move.impossible': 'Le paragraphe ne peut pas aller à cet endroit. Choisissez-en un autre.',
  'refusals.join.impossible': 'Ces deux paragraphes ne peuvent pas être réunis. Déplacez les mots à la main.',
  'refusals.room.too-many-connections':
    'Ce document est ouvert chez vous dans trop de fenêtres. Fermez-en une et rechargez celle-ci.',
  'refusals.room.too-fast':
    'Il est arrivé plus que ce document ne peut recevoir. Patientez un instant ; la connexion revient d’elle-même.',
  'refusals.room.too-large':
    'Un changement était trop volumineux pour être reçu. Créez un document à partir du fichier, ou collez-le par parties.',
  'refusals.room.malformed': 'Un message n’a pas pu être lu et n’a pas été reçu. Rechargez la page.',
  'refusals.room.unknown-message':
    'Un message d’un genre inconnu n’a pas été reçu. Rechargez la page pour avoir la version actuelle.',
  'refusals.room.gap':
    'Une partie de vos changements n’est pas arrivée. Votre copie est rouverte, et vos mots vous sont rendus.',
  'refusals.room.missing-dependency':
    'Un changement repose sur un autre qui n’est pas arrivé. Votre copie est rouverte, et vos mots vous sont rendus.',
  'refusals.room.foreign-author':
    'Un changement est arrivé sous le nom de quelqu’un d’autre et n’a pas été reçu. Rechargez la page.',
  'refusals.room.too-many-authors': 'Ce document a été ouvert trop de fois sous votre nom. Prévenez l’exploitant.',
  'refusals.room.content':
    'Un changement contenait ce qu’un document ne peut pas contenir. Collez-le comme texte brut.',
  'refusals.room.place': 'Un changement visait un endroit qui n’existe pas. Rechargez la page et refaites-le.',
  'refusals.room.identity-taken':
    'Le numéro choisi par cette fenêtre est déjà pris. Un nouveau est attribué ; vos mots sont gardés.',
  'refusals.room.server-only':
    'Un changement touchait à ce que seul le serveur fixe. Rechargez la page et refaites-le.',
  'refusals.room.link':
    'Un lien mène là où les liens ne sont pas permis. Commencez-le par https://, http:// ou mailto:.',
  'refusals.room.future': 'Un changement supprimait ce qui n’est pas encore écrit. Rechargez la page et refaites-le.',
  'refusals.room.budget':
    'La suppression était trop grande pour être reçue en une fois. Procédez par étapes plus petites.',
  'refusals.session.over': 'Cette séance est levée. Ce qui s’y est dit figure au procès-verbal.',
  'refusals.session.not-open': 'La séance n’est pas ouverte en ce moment. C’est la présidence qui l’ouvre.',
  'refusals.session.closed':
    'Cette séance ne vous est pas ouverte. Renseignez-vous auprès de la présidence sur sa politique de publication.',
  'refusals.session.join-first': 'Vous n’êtes pas dans la séance. Rejoignez-la d’abord.',
  'refusals.agenda.item-unknown': 'Ce point ne figure plus à l’ordre du jour.',
  'refusals.agenda.item-used': 'Un point déjà abordé reste à l’ordre du jour.',
  'refusals.agenda.paper-elsewhere':
    'Ce document ne relève pas du point en discussion. Abordez d’abord le point dont il relève.',
  'refusals.participant.unknown': 'Personne ne porte ce numéro dans la séance.',
  'refusals.participant.removed': 'La présidence a exclu cette personne de la séance. Elle peut la réadmettre.',
  'refusals.participant.muted':
    'La présidence vous a retiré la parole pour l’instant. Vous pouvez suivre la séance ; elle peut vous la rendre.',
  'refusals.participant.chair': 'La personne qui dirige la séance ne peut être ni privée de parole ni exclue.',
  'refusals.list.closed': 'La liste des orateurs est close. La présidence peut la rouvrir.',
  'refusals.floor.already-waiting': 'Déjà sur la liste des orateurs.',
  'refusals.floor.already-speaking': 'Cette personne a déjà la parole.',
  'refusals.floor.not-waiting': 'Ne figure plus sur la liste des orateurs.',
  'refusals.floor.nobody-speaks': 'Personne n’a la parole en ce moment.',
  'refusals.order.pending': 'Une motion d’ordre est en cours. Présentez la vôtre ensuite.',
  'refusals.poll.unknown': 'Cette question n’existe pas dans cette séance.',
  'refusals.poll.over': 'La présidence a clos cette question. Votre réponse n’a pas été comptée.',
  'refusals.poll.other-open': 'Une autre question est encore ouverte. Fermez-la d’abord.',
  'refusals.poll.choice': 'Ce n’est pas une des réponses. Choisissez parmi celles qui sont proposées.',
  'refusals.contribution.unknown': 'Cette contribution n’existe pas dans cette séance.',
  'refusals.comment.resolved': 'Ce fil est réglé. Rouvrez-le pour répondre.',
  'refusals.comment.withdrawn': 'Son auteur a retiré ce commentaire ; il n’y a plus rien à masquer.',
  'refusals.erasure.only-chair':
    'Vous êtes seul à présider une consultation. Que le secrétariat invite d’abord une autre présidence ; effacez ensuite votre compte.',
  'refusals.erasure.only-secretariat':
    'Vous êtes seul au secrétariat ici. Invitez d’abord quelqu’un d’autre ; effacez ensuite votre compte.',
  'refusals.erasure.demonstration':
    'Ce compte appartient à la démonstration et sert à tous ceux qui l’essaient. Il ne peut pas être effacé.',
  'refusals.erasure.other-handle': 'Ce n’est pas votre pseudonyme. Rien n’a été effacé.',
  'refusals.ledger.damaged':
    'Le registre ne concorde pas avec ce qui a été signé auparavant. Rien n’est plus signé tant que ceux qui gèrent cette instance ne l’ont pas examiné.',
  'refusals.format.unknown':
    'Les fichiers de ce type ne sont pas encore lus. Choisissez un fichier Word, Markdown ou texte (.docx, .md ou .txt).',
  'refusals.format.not-text':
    'Ce fichier ne contient pas de texte lisible. Enregistrez-le comme document Word (.docx), texte brut ou Markdown et choisissez ce fichier.',
  'refusals.format.too-large':
    'Une fois décompressé, ce fichier dépasse ce qui peut être lu en une fois ; il n’a pas été ouvert. Retirez les images et les fichiers incorporés, ou divisez-le.',
  'refusals.format.damaged':
    'Ce fichier est endommagé ou incomplet. Ouvrez-le dans son programme d’origine, enregistrez-le de nouveau et choisissez le nouveau fichier.',
  'refusals.format.encrypted':
    'Ce fichier est protégé par un mot de passe. Enregistrez une copie sans mot de passe et choisissez-la.',
  'refusals.format.macros':
    'Ce fichier contient des macros, qui sont des programmes. Enregistrez-le comme document Word sans macros (.docx) et choisissez celui-ci.',
  'refusals.format.unsafe':
    'Ce fichier contient des instructions dont aucun texte n’a besoin et qui pourraient nuire ; il n’a pas été ouvert. Copiez les mots dans un nouveau document et choisissez celui-ci.',
};
