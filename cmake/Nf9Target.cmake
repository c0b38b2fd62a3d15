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

# Optimizes a target at link time, over all its sources and static libraries: where the compiler
# can, and the build is an optimized one.
function(nf9_link_time_optimize name)
  if(NF9_SANITIZE)
    return()
  endif()
  include(CheckIPOSupported)
  check_ipo_supported(RESULT can OUTPUT ignored LANGUAGES C)
  if(can)
    set_target_properties(${name} PROPERTIES
      INTERPROCEDURAL_OPTIMIZATION_RELEASE ON
      INTERPROCEDURAL_OPTIMIZATION_RELWITHDEBINFO ON)
  endif()
endfunction()

# The codec and what is built on it alone: the strict set, which glib's headers would not pass.
function(nf9_strict_target name)
  nf9_target(${name})
  target_compile_options(${name} PRIVATE -Wpedantic -Wconversion)
endfunction()
