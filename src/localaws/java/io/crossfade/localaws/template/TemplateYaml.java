package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML with the short tags of CloudFormation, turned into their long forms. */
public final class TemplateYaml {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> EMULATED =
      Set.of(
          "Sub",
          "GetAtt",
          "If",
          "Equals",
          "Not",
          "And",
          "Or",
          "Join",
          "Select",
          "Split",
          "FindInMap",
          "ImportValue");

  private TemplateYaml() {}

  /** A template to be deployed here, in which every intrinsic function is one that is emulated. */
  static JsonNode parse(String text) {
    return JSON.valueToTree(load(text, EMULATED::contains));
  }

  /** Any template: maps, lists and scalars, with whatever intrinsic functions it has. */
  public static Object load(String text) {
    return load(text, function -> true);
  }

  private static Object load(String text, Predicate<String> known) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    try {
      return new Yaml(new Constructor(options, known)).load(text);
    } catch (YAMLException e) {
      throw new TemplateError("not a template: " + e.getMessage());
    }
  }

  private static final class Constructor extends SafeConstructor {
    private final Predicate<String> known;

    Constructor(LoaderOptions options, Predicate<String> known) {
      super(options);
      this.known = known;
      yamlMultiConstructors.put("!", new ShortTag());
      // A policy's version looks like a date and is a string.
      yamlConstructors.put(Tag.TIMESTAMP, new Text());
    }

    private final class Text extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        return ((ScalarNode) node).getValue();
      }
    }

    private final class ShortTag extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        String tag = node.getTag().getValue().substring(1);
        Object value = value(node);
        if (tag.equals("Ref") || tag.equals("Condition")) {
          return Map.of(tag, value);
        }
        if (!known.test(tag)) {
          throw new TemplateError("intrinsic function not emulated: !" + tag);
        }
        boolean dotted = tag.equals("GetAtt") && value instanceof String;
        return Map.of("Fn::" + tag, dotted ? List.of(((String) value).split("\\.", 2)) : value);
      }

      private Object value(Node node) {
        if (node instanceof SequenceNode sequence) {
          return constructSequence(sequence);
        }
        return node instanceof MappingNode mapping
            ? constructMapping(mapping)
            : ((ScalarNode) node).getValue();
      }
    }
  }
}
