import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackedModel } from './packed-model.ts'

/** Writes `tokenizer.json`, `tokenizer_config.json` and `config.json` of a packed model in the form the model library reads. */
export async function writeTokenizerFiles(folder: string, model: PackedModel): Promise<void> {
  const write = (name: string, content: unknown) => writeFile(join(folder, name), JSON.stringify(content))
  await write('tokenizer.json', tokenizerOf(model))
  await write('tokenizer_config.json', tokenizerConfigOf(model))
  await write('config.json', modelConfigOf(model))
}

function tokenizerOf({ vocabulary }: PackedModel) {
  const { pieces, scores, bos, eos, pad, unknown } = vocabulary
  const special = (id: number) => ({
    id, content: pieces[id], single_word: false, lstrip: false, rstrip: false, normalized: false, special: true,
  })
  const bosToken = pieces[bos] ?? ''
  const eosToken = pieces[eos] ?? ''
  const metaspace = { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always' }
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [bos, pad, eos, unknown].map(special),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Precompiled', precompiled_charsmap: '' },
        { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
      ],
    },
    pre_tokenizer: metaspace,
    post_processor: {
      type: 'TemplateProcessing',
      single: [template(bosToken), { Sequence: { id: 'A', type_id: 0 } }, template(eosToken)],
      pair: [],
      special_tokens: {
        [bosToken]: { id: bosToken, ids: [bos], tokens: [bosToken] },
        [eosToken]: { id: eosToken, ids: [eos], tokens: [eosToken] },
      },
    },
    decoder: metaspace,
    model: { type: 'Unigram', unk_id: unknown, vocab: pieces.map((piece, id) => [piece, scores[id]]) },
  }
}

function template(token: string) {
  return { SpecialToken: { id: token, type_id: 0 } }
}

function tokenizerConfigOf({ shape, vocabulary: { pieces, bos, eos, pad, unknown } }: PackedModel) {
  return {
    tokenizer_class: 'XLMRobertaTokenizer',
    model_max_length: shape.maxPositions,
    bos_token: pieces[bos],
    cls_token: pieces[bos],
    eos_token: pieces[eos],
    sep_token: pieces[eos],
    pad_token: pieces[pad],
    unk_token: pieces[unknown],
  }
}

function modelConfigOf({ shape, vocabulary }: PackedModel) {
  return {
    architectures: ['BertModel'],
    model_type: 'bert',
    hidden_act: 'gelu',
    hidden_size: shape.hidden,
    intermediate_size: shape.feedForward,
    num_hidden_layers: shape.layers,
    num_attention_heads: shape.heads,
    max_position_embeddings: shape.maxPositions,
    type_vocab_size: shape.typeVocabulary,
    vocab_size: shape.vocabulary,
    layer_norm_eps: shape.layerNormEpsilon,
    pad_token_id: vocabulary.pad,
  }
}
