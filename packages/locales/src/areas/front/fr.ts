import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'front.headline': 'Rédiger le texte ensemble, au grand jour.',
  'front.lead':
    'Plenary est le lieu où la société civile, les gouvernements et l’industrie rédigent mot à mot déclarations et résolutions, sous les yeux du monde.',
  'front.try': 'Essayer en tant que',
  'front.try.as': '{role}, {constituency}',
  'front.follow': 'Suivre sans compte',
  'front.follow.means': 'Tout le monde peut lire au fil de l’écriture. Une invitation du secrétariat permet d’écrire.',
  'front.demonstration': 'Démonstration : un clic vous connecte, rien n’est demandé.',
  'front.specimen': 'Un document en cours de rédaction',
  'front.specimen.means': 'C’est le texte tel qu’il est en ce moment.',
  'front.specimen.watch': 'Voir les mots changer',
  'front.live': 'En direct',
  'front.open': 'Consultations ouvertes',
  'front.open.loading': 'Recherche des consultations ouvertes…',
  'front.open.empty': 'Aucune consultation n’est ouverte.',
  'front.open.empty.fills': 'Elle figurera ici dès qu’un secrétariat en ouvrira une.',
  'front.adopted': 'Adoptées',
  'front.new-consultation': 'Nouvelle consultation',
  'front.until': 'jusqu’au {day}',
  'front.organisations': '{count, plural, one {# organisation} many {# organisations} other {# organisations}}',
  'front.papers': '{count, plural, one {# document} many {# documents} other {# documents}}',
  'front.hold': 'Ce dont vous pouvez nous demander compte',
  'front.hold.names': 'Chaque changement a un nom',
  'front.hold.names.means':
    'Chaque mot appartient à un membre et à l’organisation pour laquelle il parle. Un pseudonyme suffit ; le nom légal n’est jamais demandé.',
  'front.hold.saved': 'Enregistré veut dire enregistré',
  'front.hold.saved.means':
    'Le mot n’apparaît que lorsque le serveur a votre texte sur son disque. Ce que vous écrivez hors connexion reste sur votre appareil et suit plus tard.',
  'front.hold.open': 'On dit toujours qui peut lire',
  'front.hold.open.means':
    'Chaque document affiche sa politique de publication et son mode de rédaction. Quand la présidence en change, tous en sont informés et c’est consigné.',
};
