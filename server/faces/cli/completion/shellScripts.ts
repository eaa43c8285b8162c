export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/** Each asks `celeriac completion words -- …` what may stand in place of the last word. */
export const shellScripts: Readonly<Record<Shell, string>> = {
  bash: `# In ~/.bashrc: source <(celeriac completion bash)
_celeriac() {
  local line=\${COMP_LINE:0:COMP_POINT} words current
  read -ra words <<< "$line"
  [[ $line == *' ' ]] && words+=('')
  current=\${words[-1]}
  local IFS=$'\\n'
  COMPREPLY=($("\${words[0]}" completion words -- "\${words[@]:1}" 2>/dev/null))
  # bash takes a word apart at these, and replaces only the last piece.
  local kept=\${current%"\${current##*[:=]}"}
  COMPREPLY=("\${COMPREPLY[@]#"$kept"}")
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *: ]] && compopt -o nospace
}
complete -o default -F _celeriac celeriac ./celeriac
`,
  zsh: `# In ~/.zshrc, after compinit: source <(celeriac completion zsh)
_celeriac() {
  local -a found whole open
  found=("\${(@f)$("\${words[1]}" completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  open=("\${(@M)found:#*:}")
  whole=("\${(@)found:#*:}")
  (( \${#open} )) && compadd -S '' -- "\${(@)open}"
  (( \${#whole} )) && compadd -- "\${(@)whole:#}"
}
compdef _celeriac celeriac ./celeriac
`,
  fish: `# celeriac completion fish > ~/.config/fish/completions/celeriac.fish
complete -c celeriac -a '(celeriac completion words -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
  powershell: `# In $PROFILE: celeriac completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName celeriac -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += '' }
  & celeriac completion words '--' @words 2>$null |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`,
};
