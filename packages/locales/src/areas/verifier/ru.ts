import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'verifier.title': 'Проверка Plenary',
  'verifier.heading': 'Проверьте, что говорит реестр',
  'verifier.offline.lead':
    'Этому файлу не нужна сеть, и он ничего не отправляет. Он проверяет квитанции, тексты редакций и весь журнал ключами, указанными ниже.',
  'verifier.lead':
    'Вставьте квитанцию или выберите файлы: квитанции, сохранённый журнал, текст редакции с её квитанцией. Проверка идёт на этой странице; ничего не отправляется.',
  'verifier.input': 'Квитанция или журнал',
  'verifier.files': 'Файлы',
  'verifier.drop': 'Файлы можно и перетащить сюда.',
  'verifier.check': 'Проверить',
  'verifier.nothing': 'Сначала вставьте квитанцию или выберите файл.',
  'verifier.working': 'Идёт проверка…',
  'verifier.results': 'Результат',
  'verifier.keys': 'Ключи, которым здесь доверяют',
  'verifier.keys.none':
    'Нет: этот файл сохранён до первого действия. Журналы проверяются ключами, которые в них названы.',
  'verifier.receipt.ok': 'В реестре, без изменений.',
  'verifier.receipt.means':
    'Действие {index} входит в контрольную точку на {size} действий, подписанную {time} ключом {key}.',
  'verifier.receipts.ok':
    '{count, plural, one {# квитанция, и все действительны.} few {# квитанции, и все действительны.} many {# квитанций, и все действительны.} other {# квитанции, и все действительны.}}',
  'verifier.receipts.wrong':
    '{count, plural, one {# квитанция недействительна.} few {# квитанции недействительны.} many {# квитанций недействительны.} other {# квитанции недействительны.}}',
  'verifier.receipts.none': 'В этом файле нет квитанций.',
  'verifier.revision.ok': 'Это тот самый изданный текст.',
  'verifier.revision.means':
    'Его SHA-256 записан в действии {index}, которое входит в контрольную точку на {size} действий, подписанную {time} ключом {key}.',
  'verifier.log.ok': 'Весь журнал без изменений.',
  'verifier.log.means':
    '{acts, plural, one {Пересчитано # действие} few {Пересчитано # действия} many {Пересчитано # действий} other {Пересчитано # действия}}, из них с содержанием: {shown}. Совпавшие контрольные точки: {checkpoints}; последняя подписана {time} ключом {key}.',
  'verifier.log.own-keys': 'Ключ взят из самого файла: сравните его с тем, что публикует узел.',
  'verifier.wrong': 'Недействительно.',
  'verifier.wrong.at': 'Обнаружено на действии {index}.',
  'verifier.text-alone': 'Текст проверяется вместе с квитанцией о его издании: выберите оба файла.',
  'verifier.says': 'Что в ней сказано',
  'verifier.steps':
    '{count, plural, one {# шаг доказательства} few {# шага доказательства} many {# шагов доказательства} other {# шага доказательства}}',
  'verifier.steps.leaf': 'Собственный хеш действия',
  'verifier.steps.before': 'Присоединён после {hash}',
  'verifier.steps.after': 'Присоединён перед {hash}',
  'verifier.steps.root': 'Подписанный корень',
  'verifier.problem.unreadable': 'Прочесть нельзя: это не JSON или часть пропала.',
  'verifier.problem.not-a-receipt': 'Это не квитанция.',
  'verifier.problem.not-a-log': 'Это не журнал реестра, или нет его первой строки.',
  'verifier.problem.other-version': 'Сделано другой версией, которой эта проверка не знает.',
  'verifier.problem.malformed': 'Поля не хватает, оно лишнее или содержит недопустимое.',
  'verifier.problem.checkpoint-unreadable': 'Контрольная точка не читается.',
  'verifier.problem.key-unknown': 'Подписано ключом, которому здесь не доверяют.',
  'verifier.problem.signature-wrong': 'Подпись не подходит: контрольная точка изменена или подписана другим.',
  'verifier.problem.not-covered': 'Контрольная точка подписана до этого действия.',
  'verifier.problem.proof-wrong': 'Действие, его место или доказательство изменены: они не ведут к подписанному корню.',
  'verifier.problem.not-a-revision': 'Квитанция действительна, но она не о редакции.',
  'verifier.problem.text-differs': 'Текст не тот, что издан: отличается хотя бы один байт.',
  'verifier.problem.out-of-place': 'Действие или контрольная точка пропущены, повторены или не на месте.',
  'verifier.problem.leaf-differs': 'Содержание действия изменено: хеш сделан из другого.',
  'verifier.problem.root-differs': 'До этой контрольной точки что-то изменено: действия не ведут к подписанному корню.',
  'verifier.problem.log-short':
    'Журнал не кончается контрольной точкой на все действия: чего-то не хватает или что-то добавлено.',
  'verifier.problem.other-origin': 'Это из другого реестра.',
  'verifier.problem.history-differs': 'История отличается от подписанной раньше.',
};
