# SPDX-License-Identifier: MIT
# How tests are registered: by name, with a label; 77 says that everything was skipped.

find_package(Python3 3.9 COMPONENTS Interpreter REQUIRED)

# nf9_c_test(NAME LABEL SOURCE... [INCLUDE FOLDER...]): a program that links the codec.
function(nf9_c_test name label)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "INCLUDE")
  string(REPLACE "." "_" target "test_${name}")
  add_executable(${target} ${arg_UNPARSED_ARGUMENTS})
  nf9_strict_target(${target})
  target_link_libraries(${target} PRIVATE nf9_test)
  target_include_directories(${target} PRIVATE ${arg_INCLUDE})
  add_test(NAME ${name} COMMAND ${target})
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 600)
endfunction()

# nf9_python_test(NAME SCRIPT LABEL label [ARGUMENTS ...] [ENVIRONMENT NAME=VALUE...])
function(nf9_python_test name script)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "LABEL" "ARGUMENTS;ENVIRONMENT")
  add_test(NAME ${name}
    COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/${script}" ${arg_ARGUMENTS})
  set(environment
    "PYTHONPATH=${PROJECT_SOURCE_DIR}/tests/support"
    "PYTHONDONTWRITEBYTECODE=1"
    ${arg_ENVIRONMENT})
  set_tests_properties(${name} PROPERTIES
    LABELS ${arg_LABEL}
    ENVIRONMENT "${environment}"
    SKIP_RETURN_CODE 77
    TIMEOUT 1500)
endfunction()

# nf9_plugin_test(NAME SCRIPT [ARGUMENTS ...] [ENVIRONMENT NAME=VALUE...]): in tshark and sharkd,
# this machine's with the plugin of this build, or those of NF9_SYSROOT with the plugin built there.
function(nf9_plugin_test name script)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "ARGUMENTS;ENVIRONMENT")
  set(preload "")
  if(NF9_SYSROOT)
    set(plugin "${NF9_SYSROOT_PLUGIN}")
  else()
    set(plugin "$<TARGET_FILE:nf9_plugin>")
    if(NF9_SANITIZE)
      # tshark itself is not built with the sanitizer, whose library then must come first
      execute_process(COMMAND "${CMAKE_C_COMPILER}" -print-file-name=libasan.so
        OUTPUT_VARIABLE preload OUTPUT_STRIP_TRAILING_WHITESPACE)
      file(REAL_PATH "${preload}" preload)
    endif()
  endif()
  nf9_python_test(${name} ${script} LABEL plugin
    ARGUMENTS ${arg_ARGUMENTS}
    ENVIRONMENT "NF9_PLUGIN=${plugin}" "NF9_SYSROOT=${NF9_SYSROOT}" "NF9_PRELOAD=${preload}"
      ${arg_ENVIRONMENT})
endfunction()
