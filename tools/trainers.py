#!/usr/bin/env python3
"""Has trainers of one's own take recipes: each reads its configuration and its data, and trains one step.

usage: trainers.py RECIPES

RECIPES holds a folder for each recipe of `whet tune recipe`, named trl, trl-dpo, axolotl, llama-factory and so on.
The model is a tiny one with weights of chance, made here. A trainer that is not installed is told as missing. The
last line is a JSON object: what each said, by the recipe's name.
"""

import json
import os
import pathlib
import subprocess
import sys

CHAT = ("{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")


def tiny(folder, texts):
    """A model of 2 layers, and a tokenizer with a chat template."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=600, special_tokens=["<|end|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|end|>")
    fast.chat_template = CHAT
    fast.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(fast), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=2048,
        eos_token_id=fast.eos_token_id, pad_token_id=fast.pad_token_id)
    LlamaForCausalLM(config).save_pretrained(folder)


def said(command, folder):
    """The last words of a command that failed; nil for one that went well."""
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="", HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1",
                       PATH=f"{BIN}:{os.environ['PATH']}", WANDB_MODE="disabled", DISABLE_VERSION_CHECK="1", AXOLOTL_DO_NOT_TRACK="1")
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=900)
    log = folder / "log.txt"
    log.write_text(done.stdout + done.stderr)
    if done.returncode == 0:
        return None
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return " ".join(lines[-3:])[-600:]


def trl(folder, name):
    return [str(BIN / "trl"), name, "--config", f"{name}.yaml", "--max_steps", "1", "--bf16", "false",
            "--use_cpu", "true", "--save_strategy", "no"]


def axolotl(folder, name):
    return [str(BIN / "axolotl"), "train", f"{name}.yaml", "--max-steps", "1", "--bf16", "false"]


def llama_factory(folder, name):
    return [str(BIN / "llamafactory-cli"), "train", f"{name}.yaml", "max_steps=1", "bf16=false", "use_cpu=true",
            "save_strategy=no"]


BIN = pathlib.Path(sys.executable).parent
COMMANDS = {"trl": trl, "axolotl": axolotl, "llama-factory": llama_factory}


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    recipes = sorted(path for path in root.iterdir() if path.is_dir() and (path / "data").is_dir())
    texts = [line for recipe in recipes for line in (recipe / "data" / "train.jsonl").read_text().splitlines()]
    tiny(root / "tiny", texts)
    results = {}
    for recipe in recipes:
        trainer, _, method = recipe.name.partition("-dpo")
        name = "dpo" if recipe.name.endswith("-dpo") else "sft"
        command = COMMANDS.get(trainer)
        if command is None:
            results[recipe.name] = "missing"
            continue
        line = command(recipe, name)
        results[recipe.name] = (said(line, recipe) or "trained") if os.path.exists(line[0]) else "missing"
        print(recipe.name, results[recipe.name], file=sys.stderr, flush=True)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
