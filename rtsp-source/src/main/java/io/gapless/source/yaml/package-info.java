/** YAML files of people: every value knows its line, and every complaint is one sentence. */
package io.gapless.source.yaml;
