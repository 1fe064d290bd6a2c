/**
 * Plait as a {@code javax.script} engine: the names "plait" and "python". For {@code
 * javax.script.ScriptEngineManager}, which finds {@link
 * org.plait.embed.script.PlaitScriptEngineFactory}.
 */
@NullMarked
package org.plait.embed.script;

import org.jspecify.annotations.NullMarked;
