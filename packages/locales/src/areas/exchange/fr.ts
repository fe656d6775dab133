import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'exchange.left.front-matter':
    '{count, plural, one {# donnée de l’en-tête de la page, comme sa mise en page, a été laissée de côté.} many {# de données de l’en-tête de la page, comme sa mise en page, ont été laissées de côté.} other {# données de l’en-tête de la page, comme sa mise en page, ont été laissées de côté.}}',
  'exchange.left.image':
    '{count, plural, one {# image a été laissée de côté ; sa description est gardée comme texte.} many {# d’images ont été laissées de côté ; leurs descriptions sont gardées comme texte.} other {# images ont été laissées de côté ; leurs descriptions sont gardées comme texte.}}',
  'exchange.left.table':
    '{count, plural, one {# tableau est gardé en paragraphes, un par ligne.} many {# de tableaux sont gardés en paragraphes, un par ligne.} other {# tableaux sont gardés en paragraphes, un par ligne.}}',
  'exchange.left.footnote':
    '{count, plural, one {# note de bas de page est gardée comme paragraphe, à sa place.} many {# de notes de bas de page sont gardées comme paragraphes, à leur place.} other {# notes de bas de page sont gardées comme paragraphes, à leur place.}}',
  'exchange.left.code':
    '{count, plural, one {# bloc de code est gardé comme texte, un paragraphe par ligne.} many {# de blocs de code sont gardés comme texte, un paragraphe par ligne.} other {# blocs de code sont gardés comme texte, un paragraphe par ligne.}}',
  'exchange.left.rule':
    '{count, plural, one {# filet de séparation a été laissé de côté.} many {# de filets de séparation ont été laissés de côté.} other {# filets de séparation ont été laissés de côté.}}',
  'exchange.left.html':
    '{count, plural, one {# passage en HTML a perdu ses balises ; ses mots sont gardés.} many {# de passages en HTML ont perdu leurs balises ; leurs mots sont gardés.} other {# passages en HTML ont perdu leurs balises ; leurs mots sont gardés.}}',
  'exchange.left.link':
    '{count, plural, one {# lien ne commence pas par https://, http:// ou mailto: ; ses mots sont gardés sans le lien.} many {# de liens ne commencent pas par https://, http:// ou mailto: ; leurs mots sont gardés sans les liens.} other {# liens ne commencent pas par https://, http:// ou mailto: ; leurs mots sont gardés sans les liens.}}',
  'exchange.left.line-break':
    '{count, plural, one {# retour à la ligne dans un paragraphe est devenu une espace.} many {# de retours à la ligne dans des paragraphes sont devenus des espaces.} other {# retours à la ligne dans des paragraphes sont devenus des espaces.}}',
  'exchange.left.control':
    '{count, plural, one {# caractère de commande invisible a été retiré.} many {# de caractères de commande invisibles ont été retirés.} other {# caractères de commande invisibles ont été retirés.}}',
  'exchange.left.depth':
    'Ses listes ou ses citations sont trop imbriquées pour être lues ; le texte est gardé avec ses signes.',
  'exchange.left.encoding':
    'Le fichier ne dit pas comment ses lettres sont codées ; il a été lu en Windows-1252. Vérifiez les lettres accentuées.',
  'exchange.format.markdown': 'Markdown',
  'exchange.format.text': 'Texte brut',
  'exchange.format.html': 'Page web (HTML)',
  'exchange.left.change':
    '{count, plural, one {# modification suivie a été prise comme acceptée.} many {# de modifications suivies ont été prises comme acceptées.} other {# modifications suivies ont été prises comme acceptées.}}',
  'exchange.left.comment':
    '{count, plural, one {# commentaire a été laissé de côté.} many {# de commentaires ont été laissés de côté.} other {# commentaires ont été laissés de côté.}}',
  'exchange.left.hidden':
    '{count, plural, one {# passage masqué a été laissé de côté.} many {# de passages masqués ont été laissés de côté.} other {# passages masqués ont été laissés de côté.}}',
  'exchange.left.text-box':
    '{count, plural, one {# zone de texte est gardée en paragraphes après l’endroit où elle se trouvait.} many {# de zones de texte sont gardées en paragraphes après l’endroit où elles se trouvaient.} other {# zones de texte sont gardées en paragraphes après l’endroit où elles se trouvaient.}}',
  'exchange.left.object':
    '{count, plural, one {# objet incorporé, tel qu’un graphique ou un autre fichier, a été laissé de côté.} many {# d’objets incorporés, tels que des graphiques ou d’autres fichiers, ont été laissés de côté.} other {# objets incorporés, tels que des graphiques ou d’autres fichiers, ont été laissés de côté.}}',
  'exchange.left.formula':
    '{count, plural, one {# formule est gardée en simples signes.} many {# de formules sont gardées en simples signes.} other {# formules sont gardées en simples signes.}}',
  'exchange.left.symbol':
    '{count, plural, one {# signe d’une police de symboles a été laissé de côté.} many {# de signes de polices de symboles ont été laissés de côté.} other {# signes de polices de symboles ont été laissés de côté.}}',
  'exchange.left.external':
    '{count, plural, one {Le fichier renvoie à # élément extérieur, tel qu’une image ou un modèle ; il n’a pas été chargé.} many {Le fichier renvoie à # d’éléments extérieurs, tels que des images ou des modèles ; ils n’ont pas été chargés.} other {Le fichier renvoie à # éléments extérieurs, tels que des images ou des modèles ; ils n’ont pas été chargés.}}',
  'exchange.left.page-margin':
    '{count, plural, one {# en-tête ou pied de page a été laissé de côté.} many {# d’en-têtes et de pieds de page ont été laissés de côté.} other {# en-têtes et pieds de page ont été laissés de côté.}}',
  'exchange.format.docx': 'Document Word (DOCX)',
  'exchange.format.docx.means':
    'Pour continuer dans un traitement de texte ; numéros et formules d’ouverture comme à l’impression. Il se reprend ici sans perte.',
  'exchange.format.markdown.means': 'Pour d’autres programmes et pour garder des versions.',
  'exchange.format.text.means': 'Les mots seuls, un paragraphe par ligne : la forme dont l’empreinte est calculée.',
  'exchange.format.html.means': 'Une page qui se suffit à elle-même, pour un site ou un navigateur.',
  'exchange.save': 'Enregistrer en fichier',
  'exchange.save.which': 'Quel texte',
  'exchange.save.working': 'Le texte de travail, dans son état actuel',
  'exchange.save.revision': '{symbol}, publié le {date}',
  'exchange.save.format': 'Sous la forme',
  'exchange.save.go': 'Enregistrer le fichier',
  'exchange.save.writing': 'Le fichier est en cours d’écriture…',
  'exchange.save.loading': 'Recherche de ce qui existe…',
  'exchange.save.done': 'Le fichier {name} est enregistré.',
};
