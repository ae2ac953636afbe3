import Core

// The configuration of each trainer that reads YAML. The names of all settings were compared with what
// TRL 1.16, axolotl 0.19, LLaMA-Factory 0.9.5 and mlx-lm 0.32 read.

/// Writes the files of a recipe.
struct RecipeText {
  let settings: RecipeSettings
  let measures: RecipeMeasures
  let plan: RecipePlan

  var isDPO: Bool { settings.method == .dpo }
  var validates: Bool { measures.validation > 0 }
  var model: JSON { .string(settings.model) }
  var output: JSON { .string(settings.output) }

  func reason(_ name: KeyPath<RecipePlan, Int>) -> String { plan.reason(name, measures) }

  static let rateReason =
    "The step size; halve it when the loss jumps, or when the model forgets what it could."
  static let betaReason = "How much it costs to leave the base model."

  private func configuration(_ command: String) -> RecipeConfiguration {
    RecipeConfiguration(["Run in this folder: \(command)"])
  }

  // MARK: TRL

  /// https://huggingface.co/docs/trl/clis
  func trl(command: String) -> String {
    var file = configuration(command)
    file.set("model_name_or_path", model)
    file.set("output_dir", output)
    file.set("dataset_name", "./data", "train.jsonl, and validation.jsonl where there is one.")
    file.set("dataset_train_split", "train")
    file.set("dataset_test_split", "validation")
    file.set("eval_strategy", validates ? "epoch" : "no")
    if !isDPO {
      file.set(
        "completion_only_loss", true, "Only answers are learned, not what they answer.")
    } else {
      file.set("beta", .number(0.1), Self.betaReason)
    }
    setTransformers(&file, isTRL: true)
    file.set("use_peft", true, "LoRA: a small adapter is trained, and the model stays as it is.")
    file.set("lora_r", .integer(plan.rank), reason(\.rank))
    file.set("lora_alpha", .integer(plan.rank * 2))
    file.set("lora_dropout", .number(0))
    file.set("lora_target_modules", "all-linear")
    return file.text
  }

  /// What TRL and LLaMA-Factory have from transformers.
  private func setTransformers(_ file: inout RecipeConfiguration, isTRL: Bool) {
    file.set("num_train_epochs", .integer(plan.epochs), reason(\.epochs))
    file.set("learning_rate", .number(plan.learningRate), Self.rateReason)
    file.set("lr_scheduler_type", "cosine")
    file.set("warmup_steps", .integer(plan.warmup))
    file.set(
      isTRL ? "max_length" : "cutoff_len", .integer(plan.sequenceLength),
      reason(\.sequenceLength))
    file.set("per_device_train_batch_size", .integer(plan.batch), reason(\.accumulation))
    file.set("per_device_eval_batch_size", .integer(plan.batch))
    file.set("gradient_accumulation_steps", .integer(plan.accumulation))
    file.set("bf16", true)
    file.set("gradient_checkpointing", true)
    file.set("save_strategy", "epoch", "The checkpoint with the best validation is kept to choose.")
    file.set("logging_steps", .integer(5))
    file.set("report_to", "none")
    file.set("seed", .integer(settings.seed))
  }

  // MARK: axolotl

  /// https://docs.axolotl.ai/docs/config-reference.html
  func axolotl(command: String) -> String {
    var file = configuration(command)
    file.set("base_model", model)
    file.set("output_dir", output)
    file.set(
      "chat_template", .string(settings.template ?? "tokenizer_default"),
      "How turns become text; the tokenizer's own is what the model was trained with.")
    if isDPO {
      file.set("rl", "dpo")
      file.set("rl_beta", .number(0.1), Self.betaReason)
    }
    file.set("datasets", .array([dataset("./data/train.jsonl")]))
    if validates { file.set("test_datasets", .array([dataset("./data/validation.jsonl")])) }
    file.set("val_set_size", .number(0), "Nothing of the training data is set aside.")
    file.set("dataset_prepared_path", "prepared")
    file.set("sequence_len", .integer(plan.sequenceLength), reason(\.sequenceLength))
    if !isDPO {
      file.set("train_on_inputs", false, "Only answers are learned, not what they answer.")
    }
    file.set("adapter", "lora", "A small adapter is trained, and the model stays as it is.")
    file.set("lora_r", .integer(plan.rank), reason(\.rank))
    file.set("lora_alpha", .integer(plan.rank * 2))
    file.set("lora_dropout", .number(0))
    file.set("lora_target_linear", true)
    file.set("num_epochs", .integer(plan.epochs), reason(\.epochs))
    file.set("micro_batch_size", .integer(plan.batch), reason(\.accumulation))
    file.set("gradient_accumulation_steps", .integer(plan.accumulation))
    file.set("learning_rate", .number(plan.learningRate), Self.rateReason)
    file.set("optimizer", "adamw_torch_fused")
    file.set("lr_scheduler", "cosine")
    file.set("warmup_steps", .integer(plan.warmup))
    file.set("bf16", "auto")
    file.set("gradient_checkpointing", true)
    file.set("eval_strategy", validates ? "epoch" : "no")
    file.set("save_strategy", "epoch")
    file.set("logging_steps", .integer(5))
    file.set("seed", .integer(settings.seed))
    return file.text
  }

  private func dataset(_ path: String) -> JSON {
    if isDPO {
      return [
        "path": .string(path), "ds_type": "json", "split": "train",
        "type": "chat_template.default",
        "field_messages": "messages", "field_chosen": "chosen", "field_rejected": "rejected",
      ]
    }
    return [
      "path": .string(path), "ds_type": "json", "split": "train", "type": "chat_template",
      "field_messages": "messages", "message_field_training": "train",
      "roles_to_train": ["assistant"], "train_on_eos": "turn",
    ]
  }

  // MARK: LLaMA-Factory

  /// https://llamafactory.readthedocs.io
  func llamaFactory(command: String) -> String {
    var file = configuration(command)
    file.set("model_name_or_path", model)
    file.set("output_dir", output)
    file.set("stage", isDPO ? "dpo" : "sft")
    file.set("do_train", true)
    file.set("dataset_dir", "data", "dataset_info.json in it says what the files are.")
    file.set("dataset", "train")
    if validates { file.set("eval_dataset", "validation") }
    file.set("eval_strategy", validates ? "epoch" : "no")
    if let template = settings.template {
      file.set("template", .string(template), "How turns become text.")
    } else {
      file.say(
        "Without `template`, turns become text as the tokenizer has it; older models need the name of "
          + "one.")
    }
    if isDPO {
      file.set("pref_loss", "sigmoid")
      file.set("pref_beta", .number(0.1), Self.betaReason)
    } else {
      file.set("mask_history", true, "Of each record the last answer is learned.")
    }
    setTransformers(&file, isTRL: false)
    file.set("finetuning_type", "lora", "A small adapter is trained, and the model stays as it is.")
    file.set("lora_rank", .integer(plan.rank), reason(\.rank))
    file.set("lora_alpha", .integer(plan.rank * 2))
    file.set("lora_target", "all")
    return file.text
  }

  /// The entries of `dataset_info.json`.
  func datasetInfo() -> String {
    var columns: JSON.Object = ["messages": "conversations"]
    if isDPO {
      columns["chosen"] = "chosen"
      columns["rejected"] = "rejected"
    }
    if measures.hasTools { columns["tools"] = "tools" }
    func entry(_ file: String) -> JSON {
      [
        "file_name": .string(file), "formatting": "sharegpt", "ranking": .bool(isDPO),
        "columns": .object(columns),
      ]
    }
    var info: JSON.Object = ["train": entry("train.jsonl")]
    if validates { info["validation"] = entry("validation.jsonl") }
    return JSON.object(info).text(indent: 2) + "\n"
  }

  // MARK: mlx-lm

  /// https://github.com/ml-explore/mlx-lm/blob/main/mlx_lm/LORA.md
  func mlx(command: String) -> String {
    var file = configuration(command)
    file.set("model", model)
    file.set("train", true)
    file.set("fine_tune_type", "lora")
    file.set("data", "data", "train.jsonl, and valid.jsonl where there is one.")
    file.set("adapter_path", output)
    file.set("mask_prompt", true, "Of each record the last answer is learned.")
    let batches = (measures.train + plan.batch - 1) / plan.batch
    file.set(
      "iters", .integer(max(1, batches) * plan.epochs),
      "Batches of \(plan.batch): \(plan.epochs) times through "
        + "\(Numbers.grouped(measures.train)) records.")
    file.set("batch_size", .integer(plan.batch))
    file.set("grad_accumulation_steps", .integer(plan.accumulation), reason(\.accumulation))
    file.set("steps_per_eval", .integer(max(1, batches)), "Once an epoch.")
    file.set("val_batches", .integer(-1))
    file.set("save_every", .integer(max(1, batches)))
    file.set("steps_per_report", .integer(10))
    file.set("max_seq_length", .integer(plan.sequenceLength), reason(\.sequenceLength))
    file.set("learning_rate", .number(plan.learningRate), Self.rateReason)
    file.set("num_layers", .integer(-1), "All layers.")
    file.set(
      "lora_parameters",
      ["rank": .integer(plan.rank), "dropout": .integer(0), "scale": .integer(20)],
      reason(\.rank))
    file.set("grad_checkpoint", true)
    file.set("seed", .integer(settings.seed))
    return file.text
  }
}
