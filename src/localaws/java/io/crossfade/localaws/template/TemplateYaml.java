package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
final class TemplateYaml {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FUNCTIONS =
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

  static JsonNode parse(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      Object loaded = new Yaml(new Constructor(options)).load(text);
      return JSON.valueToTree(loaded);
    } catch (YAMLException e) {
      throw new TemplateError("not a template: " + e.getMessage());
    }
  }

  private static final class Constructor extends SafeConstructor {
    Constructor(LoaderOptions options) {
      super(options);
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
        if (!FUNCTIONS.contains(tag)) {
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
