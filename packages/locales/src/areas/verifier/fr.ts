import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'verifier.title': 'Vérificateur de Plenary',
  'verifier.heading': 'Vérifier ce que dit le registre',
  'verifier.offline.lead':
    'Ce fichier n’a besoin d’aucun réseau et n’envoie rien. Il vérifie les reçus, le texte des révisions et le journal entier, avec les clés ci-dessous.',
  'verifier.lead':
    'Collez un reçu, ou choisissez des fichiers : reçus, journal enregistré, texte d’une révision avec son reçu. La vérification se fait dans cette page ; rien n’est envoyé.',
  'verifier.input': 'Reçu ou journal',
  'verifier.files': 'Fichiers',
  'verifier.drop': 'On peut aussi déposer les fichiers ici.',
  'verifier.check': 'Vérifier',
  'verifier.nothing': 'Collez d’abord un reçu ou choisissez un fichier.',
  'verifier.working': 'Vérification en cours…',
  'verifier.results': 'Résultat',
  'verifier.keys': 'Clés auxquelles on se fie ici',
  'verifier.keys.none':
    'Aucune : ce fichier a été enregistré avant tout acte. Les journaux sont vérifiés avec les clés qu’ils nomment.',
  'verifier.receipt.ok': 'Dans le registre, inchangé.',
  'verifier.receipt.means':
    'L’acte {index} fait partie du point de contrôle sur {size} actes, signé {time} avec la clé {key}.',
  'verifier.receipts.ok':
    '{count, plural, one {# reçu, et il est valable.} many {# de reçus, et tous sont valables.} other {# reçus, et tous sont valables.}}',
  'verifier.receipts.wrong':
    '{count, plural, one {# reçu n’est pas valable.} many {# de reçus ne sont pas valables.} other {# reçus ne sont pas valables.}}',
  'verifier.receipts.none': 'Ce fichier ne contient aucun reçu.',
  'verifier.revision.ok': 'C’est bien le texte qui a été publié.',
  'verifier.revision.means':
    'Son SHA-256 figure dans l’acte {index}, qui fait partie du point de contrôle sur {size} actes, signé {time} avec la clé {key}.',
  'verifier.log.ok': 'Le journal entier est inchangé.',
  'verifier.log.means':
    '{acts, plural, one {# acte recalculé} many {# d’actes recalculés} other {# actes recalculés}}, dont {shown} avec leur contenu. Points de contrôle concordants : {checkpoints} ; le plus récent est signé {time} avec la clé {key}.',
  'verifier.log.own-keys': 'La clé vient du fichier lui-même : comparez-la à celle que l’instance publie.',
  'verifier.wrong': 'Non valable.',
  'verifier.wrong.at': 'Trouvé à l’acte {index}.',
  'verifier.text-alone': 'Un texte se vérifie avec le reçu de sa publication : choisissez les deux fichiers.',
  'verifier.says': 'Ce qu’il dit',
  'verifier.steps':
    '{count, plural, one {L’étape de la preuve (#)} many {Les # d’étapes de la preuve} other {Les # étapes de la preuve}}',
  'verifier.steps.leaf': 'L’empreinte de l’acte',
  'verifier.steps.before': 'Jointe après {hash}',
  'verifier.steps.after': 'Jointe avant {hash}',
  'verifier.steps.root': 'La racine signée',
  'verifier.problem.unreadable': 'Illisible : ce n’est pas du JSON, ou il en manque une partie.',
  'verifier.problem.not-a-receipt': 'Ce n’est pas un reçu.',
  'verifier.problem.not-a-log': 'Ce n’est pas le journal d’un registre, ou sa première ligne manque.',
  'verifier.problem.other-version': 'Il vient d’une autre version, que cette vérification ne connaît pas.',
  'verifier.problem.malformed': 'Un champ manque, est de trop, ou contient ce qu’il ne peut contenir.',
  'verifier.problem.checkpoint-unreadable': 'Son point de contrôle est illisible.',
  'verifier.problem.key-unknown': 'Il est signé avec une clé à laquelle on ne se fie pas ici.',
  'verifier.problem.signature-wrong':
    'La signature ne convient pas : le point de contrôle a été modifié, ou un autre l’a signé.',
  'verifier.problem.not-covered': 'Le point de contrôle a été signé avant cet acte.',
  'verifier.problem.proof-wrong': 'L’acte, sa place ou sa preuve a été modifié : ils ne mènent pas à la racine signée.',
  'verifier.problem.not-a-revision': 'Ce reçu est valable, mais ce n’est pas celui d’une révision.',
  'verifier.problem.text-differs': 'Le texte n’est pas celui qui a été publié : un octet au moins diffère.',
  'verifier.problem.out-of-place': 'Un acte ou un point de contrôle manque, est en double ou n’est pas à sa place.',
  'verifier.problem.leaf-differs': 'Ce que dit l’acte a été modifié : son empreinte vient d’autre chose.',
  'verifier.problem.root-differs':
    'Quelque chose a été modifié avant ce point de contrôle : les actes ne mènent pas à la racine signée.',
  'verifier.problem.log-short':
    'Le journal ne finit pas par un point de contrôle sur tous ses actes : il manque ou s’ajoute quelque chose.',
  'verifier.problem.other-origin': 'Il vient d’un autre registre.',
  'verifier.problem.history-differs': 'L’historique diffère de celui qui a été signé auparavant.',
};
