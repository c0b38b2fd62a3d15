# SPDX-License-Identifier: MIT
# What every target of ours is built with: nothing is set globally.

function(nf9_target name)
  set_target_properties(${name} PROPERTIES
    C_STANDARD 11
    C_STANDARD_REQUIRED ON
    C_EXTENSIONS OFF
    C_VISIBILITY_PRESET hidden)
  target_compile_options(${name} PRIVATE
    -Wall -Wextra -Wshadow
    -Werror=implicit-function-declaration -Werror=int-conversion
    -Werror=incompatible-pointer-types)
  if(NF9_WERROR)
    target_compile_options(${name} PRIVATE -Werror)
  endif()
  if(NF9_SANITIZE)
    set(flags -fsanitize=address,undefined -fno-sanitize-recover=undefined
      -fno-omit-frame-pointer)
    target_compile_options(${name} PRIVATE ${flags})
    target_link_options(${name} PRIVATE ${flags})
  endif()
endfunction()

# The codec and what is built on it alone: the strict set, which glib's headers would not pass.
function(nf9_strict_target name)
  nf9_target(${name})
  target_compile_options(${name} PRIVATE -Wpedantic -Wconversion)
endfunction()
